package io.github.smsdispatch.spi;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What became of reading a provider's log. {@link #fold} stands in for the pattern switch that Java 17 lacks. */
public sealed interface LogAnswer {
    /** Calls the function for the answer at hand. */
    <T> T fold(Function<? super Page, ? extends T> page, Function<? super Failed, ? extends T> failed);

    /**
     * One page.
     *
     * @param receipts what the log says of each message on it, or of each part; may be empty
     * @param next where the next page begins; null: this was the last
     */
    record Page(List<Receipt> receipts, @Nullable String next) implements LogAnswer {
        /** Copies the list. */
        public Page {
            receipts = List.copyOf(receipts);
        }

        @Override
        public <T> T fold(Function<? super Page, ? extends T> page, Function<? super Failed, ? extends T> failed) {
            return page.apply(this);
        }
    }

    /**
     * It could not be read, or not be understood; the same cursor may be tried again.
     *
     * @param code the provider's code or the HTTP status; null: there was no answer
     * @param detail a sentence for people; no secret, number or text in it
     * @param retryAfter how long the provider wants to be left alone, clipped to 0 to 24 hours; null: it did not say
     */
    record Failed(@Nullable String code, String detail, @Nullable Duration retryAfter) implements LogAnswer {
        /** Clips the pause. */
        public Failed {
            retryAfter = Pauses.clip(retryAfter);
        }

        @Override
        public <T> T fold(Function<? super Page, ? extends T> page, Function<? super Failed, ? extends T> failed) {
            return failed.apply(this);
        }
    }
}
