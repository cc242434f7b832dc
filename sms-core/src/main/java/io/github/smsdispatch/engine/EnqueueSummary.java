package io.github.smsdispatch.engine;

/**
 * What became of a stream of messages.
 *
 * @param added how many were new
 * @param duplicates how many the store had already
 */
public record EnqueueSummary(long added, long duplicates) {}
