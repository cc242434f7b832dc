package io.github.smsdispatch.spi;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What became of a hand-over. {@link #fold} stands in for the pattern switch that Java 17 lacks. */
public sealed interface SubmitOutcome {
    /** Calls the function for the outcome at hand. */
    <T> T fold(
            Function<? super Accepted, ? extends T> accepted,
            Function<? super Refused, ? extends T> refused,
            Function<? super Unknown, ? extends T> unknown);

    /**
     * What a message costs.
     *
     * @param amount never negative, and with no more than 20 digits on either side of the point
     * @param currency ISO 4217
     */
    record Cost(BigDecimal amount, Currency currency) {
        private static final int MOST_DIGITS = 20;

        /**
         * @throws IllegalArgumentException if the amount is negative, as some providers write what they charge, or has more
         *     digits: to reckon with 1e-300000000 would take a processor for hours
         */
        public Cost {
            if (amount.signum() < 0) {
                throw new IllegalArgumentException("a cost is never negative; turn the provider's sign round");
            }
            if (amount.scale() > MOST_DIGITS || (long) amount.precision() - amount.scale() > MOST_DIGITS) {
                throw new IllegalArgumentException(
                        "a cost has at most " + MOST_DIGITS + " digits on either side of the point");
            }
        }
    }

    /**
     * The provider took it and gave its id.
     *
     * @param providerMessageIds the provider's ids, one for each part that is reported on separately; at least one,
     *     none blank
     * @param segments how many segments the provider counted; 0 (or less, which becomes 0): it did not say
     * @param cost null where the provider did not say
     */
    record Accepted(List<String> providerMessageIds, int segments, @Nullable Cost cost) implements SubmitOutcome {
        /**
         * Copies the list.
         *
         * @throws IllegalArgumentException if there is no id or a blank one: such an answer is {@link Unknown}
         */
        public Accepted {
            providerMessageIds = List.copyOf(providerMessageIds);
            segments = Math.max(0, segments);
            if (providerMessageIds.isEmpty() || providerMessageIds.stream().anyMatch(String::isBlank)) {
                throw new IllegalArgumentException("accepted without a message id is Unknown, not Accepted");
            }
        }

        /** One id, nothing said of segments or cost. */
        public static Accepted as(String providerMessageId) {
            return new Accepted(List.of(providerMessageId), 0, null);
        }

        @Override
        public <T> T fold(
                Function<? super Accepted, ? extends T> accepted,
                Function<? super Refused, ? extends T> refused,
                Function<? super Unknown, ? extends T> unknown) {
            return accepted.apply(this);
        }
    }

    /**
     * Proven not taken.
     *
     * @param reason what the engine goes by
     * @param code the provider's own code, or the HTTP status; null: the connection was refused or the like
     * @param detail a sentence for people; no secret, number or text in it
     * @param retryAfter how long the provider wants to be left alone, clipped to 0 to 24 hours; null: it did not say
     */
    record Refused(FailureReason reason, @Nullable String code, String detail, @Nullable Duration retryAfter)
            implements SubmitOutcome {
        /** Clips the pause: a provider's nonsense must not spoil a clear answer. */
        public Refused {
            Objects.requireNonNull(reason, "reason");
            retryAfter = Pauses.clip(retryAfter);
        }

        /** A refusal that says nothing of when to come back. */
        public static Refused because(FailureReason reason, @Nullable String code, String detail) {
            return new Refused(reason, code, detail, null);
        }

        @Override
        public <T> T fold(
                Function<? super Accepted, ? extends T> accepted,
                Function<? super Refused, ? extends T> refused,
                Function<? super Unknown, ? extends T> unknown) {
            return refused.apply(this);
        }
    }

    /**
     * It may have been taken or not: no answer, a broken one, a server error, a success without an id.
     *
     * @param code the provider's code or the HTTP status; null: there was no answer
     * @param detail a sentence for people; no secret, number or text in it
     */
    record Unknown(@Nullable String code, String detail) implements SubmitOutcome {
        @Override
        public <T> T fold(
                Function<? super Accepted, ? extends T> accepted,
                Function<? super Refused, ? extends T> refused,
                Function<? super Unknown, ? extends T> unknown) {
            return unknown.apply(this);
        }
    }
}
