package io.github.smsdispatch.spi;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.Sender;
import io.github.smsdispatch.text.Segments;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One message to hand over.
 *
 * @param reference our reference; goes to the provider wherever it keeps one
 * @param recipient who gets it
 * @param sender who it comes from; null: the account's default
 * @param text the text in Unicode normalisation form C
 * @param segments our estimate for the text, with the encoding it needs
 * @param validity how long it may still be delivered, already clipped to {@link ProviderTraits#maxValidity()}
 */
public record Submission(
        AttemptId reference,
        PhoneNumber recipient,
        @Nullable Sender sender,
        String text,
        Segments segments,
        Duration validity) {
    @Override
    public String toString() {
        return "Submission[" + reference + ", segments=" + segments.count() + "]";
    }
}
