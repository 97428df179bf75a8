package io.coffer.access;

import java.util.List;

/**
 * Whoever shows a good token, before an organization is selected.
 *
 * @param issuer who vouches for the subject
 * @param subject the issuer's name for it
 * @param userName a label for people to read
 * @param organizations the slugs of the organizations it belongs to, sorted
 * @param systemAdmin whether it is over all organizations
 * @param bySession whether the token came in the browser's session
 */
public record Visitor(
    String issuer,
    String subject,
    String userName,
    List<String> organizations,
    boolean systemAdmin,
    boolean bySession) {}
