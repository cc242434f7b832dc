package io.github.smsdispatch.http;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How one exchange ended. {@link #fold} stands in for the pattern switch that Java 17 lacks. */
public sealed interface ExchangeResult {
    /** Calls the function for the result at hand. */
    <T> T fold(
            Function<? super Answered, ? extends T> answered,
            Function<? super NotSent, ? extends T> notSent,
            Function<? super Lost, ? extends T> lost);

    /**
     * The server answered in full.
     *
     * @param status 200 to 599
     * @param headers values in the order of arrival, by lower-case name
     * @param body decoded as UTF-8, malformed bytes as U+FFFD; empty where there is none
     */
    record Answered(int status, Map<String, List<String>> headers, String body) implements ExchangeResult {
        /** Copies the headers. */
        public Answered {
            var lowered = new HashMap<String, List<String>>();
            headers.forEach((name, values) -> lowered.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
            headers = Collections.unmodifiableMap(lowered);
        }

        /** The first value of a header, whatever its case. */
        public Optional<String> header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                    .findFirst();
        }

        /** Whether the status is 200 to 299. */
        public boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        @Override
        public <T> T fold(
                Function<? super Answered, ? extends T> answered,
                Function<? super NotSent, ? extends T> notSent,
                Function<? super Lost, ? extends T> lost) {
            return answered.apply(this);
        }

        /** Status and size; header values and body may hold numbers. */
        @Override
        public String toString() {
            return "Answered[" + status + ", " + body.length() + " characters]";
        }
    }

    /**
     * No byte of the request was written: the server cannot have acted on it.
     *
     * @param detail a sentence for people; nothing of the request in it
     */
    record NotSent(String detail) implements ExchangeResult {
        @Override
        public <T> T fold(
                Function<? super Answered, ? extends T> answered,
                Function<? super NotSent, ? extends T> notSent,
                Function<? super Lost, ? extends T> lost) {
            return notSent.apply(this);
        }
    }

    /**
     * The request may have left, and no complete answer came back.
     *
     * @param status the status, where the answer broke off after it; null: not even that arrived
     * @param detail a sentence for people; nothing of the request in it
     */
    record Lost(@Nullable Integer status, String detail) implements ExchangeResult {
        @Override
        public <T> T fold(
                Function<? super Answered, ? extends T> answered,
                Function<? super NotSent, ? extends T> notSent,
                Function<? super Lost, ? extends T> lost) {
            return lost.apply(this);
        }
    }
}
