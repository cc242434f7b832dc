package io.github.smsdispatch;

/**
 * A message has changed its state, and that is committed.
 *
 * @param message our id
 * @param tenant the tenant it belongs to
 * @param event the change
 */
public record StateChange(MessageId message, String tenant, MessageEvent event) {}
