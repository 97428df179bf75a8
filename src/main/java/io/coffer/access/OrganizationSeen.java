package io.coffer.access;

import java.util.UUID;

/**
 * Fired when this replica meets an organization for the first time since its start, so that what
 * the organization will need can be made ahead. Observers must not block.
 *
 * @param organization its id
 */
public record OrganizationSeen(UUID organization) {}
