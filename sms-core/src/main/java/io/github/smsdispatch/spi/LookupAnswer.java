package io.github.smsdispatch.spi;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a provider knows of a hand-over when asked. */
public sealed interface LookupAnswer {
    /** Calls the function for the answer at hand. */
    <T> T fold(
            Function<? super Found, ? extends T> found,
            Function<? super Absent, ? extends T> absent,
            Function<? super Unclear, ? extends T> unclear,
            Function<? super Failed, ? extends T> failed);

    /**
     * It knows the message.
     *
     * @param receipts one for each part it reported on; at least one
     */
    record Found(List<Receipt> receipts) implements LookupAnswer {
        /** Copies the list. */
        public Found {
            receipts = List.copyOf(receipts);
            if (receipts.isEmpty()) {
                throw new IllegalArgumentException("found without a receipt is Absent, not Found");
            }
        }

        @Override
        public <T> T fold(
                Function<? super Found, ? extends T> found,
                Function<? super Absent, ? extends T> absent,
                Function<? super Unclear, ? extends T> unclear,
                Function<? super Failed, ? extends T> failed) {
            return found.apply(this);
        }
    }

    /** It answered in full and does not know the message, or not yet. */
    record Absent() implements LookupAnswer {
        @Override
        public <T> T fold(
                Function<? super Found, ? extends T> found,
                Function<? super Absent, ? extends T> absent,
                Function<? super Unclear, ? extends T> unclear,
                Function<? super Failed, ? extends T> failed) {
            return absent.apply(this);
        }
    }

    /**
     * It answered, and the answer settles nothing about this message: too early to say, older than the log, too many that
     * it could be. Or it was not asked, as the id cannot be one of its own. No fault of the provider's: it is asked again in the engine's own time.
     *
     * @param detail a sentence for people; no secret, number or text in it
     */
    record Unclear(String detail) implements LookupAnswer {
        @Override
        public <T> T fold(
                Function<? super Found, ? extends T> found,
                Function<? super Absent, ? extends T> absent,
                Function<? super Unclear, ? extends T> unclear,
                Function<? super Failed, ? extends T> failed) {
            return unclear.apply(this);
        }
    }

    /**
     * It could not be asked, or its answer could not be understood; says nothing about the message.
     *
     * @param code the provider's code or the HTTP status; null: there was no answer
     * @param detail a sentence for people; no secret, number or text in it
     * @param retryAfter how long the provider wants to be left alone, clipped to 0 to 24 hours; null: it did not say
     */
    record Failed(@Nullable String code, String detail, @Nullable Duration retryAfter) implements LookupAnswer {
        /** Clips the pause: a provider's nonsense must not spoil a clear answer. */
        public Failed {
            retryAfter = Pauses.clip(retryAfter);
        }

        @Override
        public <T> T fold(
                Function<? super Found, ? extends T> found,
                Function<? super Absent, ? extends T> absent,
                Function<? super Unclear, ? extends T> unclear,
                Function<? super Failed, ? extends T> failed) {
            return failed.apply(this);
        }
    }
}
