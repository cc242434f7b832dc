package io.github.smsdispatch.spi;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.Sender;
import io.github.smsdispatch.text.Segments;
import java.time.Duration;
import java.util.Map;
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
 * @param attributes the message's; a module reads only those whose names it documents, which begin with its name and a dot
 */
public record Submission(
        AttemptId reference,
        PhoneNumber recipient,
        @Nullable Sender sender,
        String text,
        Segments segments,
        Duration validity,
        Map<String, String> attributes) {
    /** Copies the map. */
    public Submission {
        attributes = Map.copyOf(attributes);
    }

    @Override
    public String toString() {
        return "Submission[" + reference + ", segments=" + segments.count() + "]";
    }
}
