package io.github.smsdispatch;

/**
 * Something that happened to a message and is committed.
 *
 * @param message our id
 * @param tenant the tenant it belongs to
 * @param event what happened
 */
public record StateChange(MessageId message, String tenant, MessageEvent event) {}
