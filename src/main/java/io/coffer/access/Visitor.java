package io.coffer.access;

import java.util.Set;
import java.util.SortedMap;

/**
 * Whoever shows a good token, before an organization is selected.
 *
 * @param issuer who vouches for the subject
 * @param subject the issuer's name for it
 * @param userName a label for people to read
 * @param organizations the roles in each of its organizations, by slug
 * @param bySession whether the token came in the browser's session
 */
public record Visitor(
    String issuer,
    String subject,
    String userName,
    SortedMap<String, Set<Role>> organizations,
    boolean bySession) {}
