package io.github.smsdispatch.store;

/**
 * What was taken in.
 *
 * @param added ids that are tracked from now on
 * @param empty rows without an id: null, or nothing but spaces
 * @param tooLong rows whose id is longer than any provider's, which is left out
 */
public record TrackingSeed(long added, long empty, long tooLong) {}
