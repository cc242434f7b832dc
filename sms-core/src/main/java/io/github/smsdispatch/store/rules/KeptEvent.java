package io.github.smsdispatch.store.rules;

import io.github.smsdispatch.MessageEvent;
import io.github.smsdispatch.StateChange;

/**
 * A line for the history of a message.
 *
 * @param message whose
 * @param number its place in the history, from 1
 * @param event what happened
 */
public record KeptEvent(MessageRecord message, int number, MessageEvent event) {
    boolean isChange() {
        return event.from() != event.to();
    }

    StateChange asChange() {
        return new StateChange(message.id(), message.tenant(), event);
    }
}
