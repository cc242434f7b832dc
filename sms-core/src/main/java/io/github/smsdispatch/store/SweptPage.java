package io.github.smsdispatch.store;

/**
 * What a page of the log came to.
 *
 * @param known messages on it that were tracked before
 * @param imported messages that are tracked since
 * @param ignored messages that are not tracked
 */
public record SweptPage(int known, int imported, int ignored) {}
