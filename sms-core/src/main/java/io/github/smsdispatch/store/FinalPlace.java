package io.github.smsdispatch.store;

import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageStatus;
import java.time.Instant;

/**
 * A place in the order in which messages became final, to go on behind; outlives the message itself.
 *
 * @param at when the message became final
 * @param message its id
 */
public record FinalPlace(Instant at, MessageId message) {
    /** The place of a message that is final. */
    public static FinalPlace of(MessageStatus status) {
        return new FinalPlace(status.updatedAt(), status.id());
    }
}
