package io.github.smsdispatch.spi;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.Sender;
import io.github.smsdispatch.text.Segments;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A hand-over of which it is not known whether the provider took it.
 *
 * @param reference our reference
 * @param recipient who it was for
 * @param sender who it came from; null: the account's default
 * @param text the text as it was handed over
 * @param segments our estimate for the text
 * @param startedAt when the hand-over began, by the store's clock
 * @param endedAt when it was given up, by the store's clock; no request was on the wire later
 */
public record DoubtfulAttempt(
        AttemptId reference,
        PhoneNumber recipient,
        @Nullable Sender sender,
        String text,
        Segments segments,
        Instant startedAt,
        Instant endedAt) {
    @Override
    public String toString() {
        return "DoubtfulAttempt[" + reference + "]";
    }
}
