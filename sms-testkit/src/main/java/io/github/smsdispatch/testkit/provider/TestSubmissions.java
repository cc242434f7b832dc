package io.github.smsdispatch.testkit.provider;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.Sender;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.text.Segments;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Submissions to fictional numbers, each with a new reference. */
public final class TestSubmissions {
    private TestSubmissions() {}

    /** To +44 7700 900123, from the account's default sender, valid for an hour. */
    public static Submission of(String text) {
        return of(123, text, null, Duration.ofHours(1));
    }

    /** From a sender of its own. */
    public static Submission of(String text, Sender sender) {
        return of(123, text, sender, Duration.ofHours(1));
    }

    /** Valid for a given time. */
    public static Submission of(String text, Duration validity) {
        return of(123, text, null, validity);
    }

    /** To one of the numbers +44 7700 900000 to 900999, which Ofcom keeps for fiction. */
    static Submission of(int number, String text, @Nullable Sender sender, Duration validity) {
        return new Submission(
                AttemptId.create(),
                PhoneNumber.parse("+447700900%03d".formatted(number)),
                sender,
                text,
                Segments.of(text),
                validity,
                Map.of());
    }
}
