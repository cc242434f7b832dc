package io.github.smsdispatch.engine;

import io.github.smsdispatch.MessageId;
import java.util.List;

/**
 * What became of the personal data of one recipient.
 *
 * @param erased how many messages were erased
 * @param open messages that a provider has or may have and that are not final yet, so that number and text are still
 *     needed to find out what became of them: erase them when they are
 */
public record ErasureSummary(long erased, List<MessageId> open) {
    /** Copies the list. */
    public ErasureSummary {
        open = List.copyOf(open);
    }
}
