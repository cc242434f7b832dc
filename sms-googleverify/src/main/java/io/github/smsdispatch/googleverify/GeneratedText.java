package io.github.smsdispatch.googleverify;

import io.github.smsdispatch.Message;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.spi.FailureReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What became of asking for a text with a code in it. {@link #fold} stands in for the pattern switch that Java 17 lacks. */
public sealed interface GeneratedText {
    /** Calls the function for the result at hand. */
    <T> T fold(
            Function<? super Ready, ? extends T> ready,
            Function<? super Refused, ? extends T> refused,
            Function<? super Unknown, ? extends T> unknown);

    /**
     * The server has stored a code and written its text. Nothing was sent.
     *
     * @param uuid the reference of the code, for {@link VerificationCodes#expire}
     * @param recipient who the text is for, and, where the server signs texts, signed for
     * @param text to be sent as it is; it holds the code, so treat it as a secret
     * @param expiresAt when the last code in the text ceases to be of use, by the server's clock
     */
    record Ready(UUID uuid, PhoneNumber recipient, String text, Instant expiresAt) implements GeneratedText {
        /** Refuses null. */
        public Ready {
            Objects.requireNonNull(uuid, "uuid");
            Objects.requireNonNull(recipient, "recipient");
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(expiresAt, "expiresAt");
        }

        /**
         * Begins a message with this text, whose idempotency key is the reference: enqueued twice it is sent once. Give
         * it a validity that ends with {@link #expiresAt}, and a routing to accounts that send texts as they are.
         */
        public Message.Builder message() {
            return Message.to(recipient).text(text).idempotencyKey(uuid.toString());
        }

        @Override
        public <T> T fold(
                Function<? super Ready, ? extends T> ready,
                Function<? super Refused, ? extends T> refused,
                Function<? super Unknown, ? extends T> unknown) {
            return ready.apply(this);
        }

        /** The reference alone. */
        @Override
        public String toString() {
            return "Ready[" + uuid + "]";
        }
    }

    /**
     * There is no text to send. Where the server wrote one that cannot be sent as it is, its code is stored and of no use.
     *
     * @param reason why, as for a hand-over
     * @param code the server's errorCode or the HTTP status; null: there was no answer
     * @param detail a sentence for people; no secret, number or text in it
     * @param retryAfter how long to leave the server alone; null: it did not say
     */
    record Refused(FailureReason reason, @Nullable String code, String detail, @Nullable Duration retryAfter)
            implements GeneratedText {
        @Override
        public <T> T fold(
                Function<? super Ready, ? extends T> ready,
                Function<? super Refused, ? extends T> refused,
                Function<? super Unknown, ? extends T> unknown) {
            return refused.apply(this);
        }
    }

    /**
     * The server may have stored a code, but its text is lost: ask for another, which does no harm but use up quota.
     *
     * @param uuid the reference of the code if there is one, for {@link VerificationCodes#expire}
     * @param code the server's errorCode or the HTTP status; null: there was no answer
     * @param detail a sentence for people; no secret, number or text in it
     */
    record Unknown(UUID uuid, @Nullable String code, String detail) implements GeneratedText {
        @Override
        public <T> T fold(
                Function<? super Ready, ? extends T> ready,
                Function<? super Refused, ? extends T> refused,
                Function<? super Unknown, ? extends T> unknown) {
            return unknown.apply(this);
        }
    }
}
