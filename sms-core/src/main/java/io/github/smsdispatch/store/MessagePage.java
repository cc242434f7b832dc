package io.github.smsdispatch.store;

import io.github.smsdispatch.MessageId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one step of a search found.
 *
 * @param messages ids of messages; may be empty although the search is not over
 * @param next where to go on; null: the search is over
 */
public record MessagePage(List<MessageId> messages, @Nullable MessageId next) {
    /** Copies the list. */
    public MessagePage {
        messages = List.copyOf(messages);
    }
}
