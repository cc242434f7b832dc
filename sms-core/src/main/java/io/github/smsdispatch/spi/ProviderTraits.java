package io.github.smsdispatch.spi;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a provider can carry, and its habits. A message that does not fit is never handed over: the engine sees it
 * before.
 */
public final class ProviderTraits {
    /** After a crash in a call its messages wait for twice as long as it may have taken. */
    private static final Duration MAX_LONGEST_CALL = Duration.ofHours(1);

    private final int maxBatchSize;
    private final boolean batchesShareText;
    private final int maxTextLength;
    private final Duration maxValidity;
    private final boolean receiptsPerPart;
    private final Duration receiptPatience;
    private final @Nullable Duration absenceProof;
    private final Duration longestCall;
    private final @Nullable String requiredAttribute;

    private ProviderTraits(Builder builder) {
        this.maxBatchSize = builder.maxBatchSize;
        this.batchesShareText = builder.batchesShareText;
        this.maxTextLength = builder.maxTextLength;
        this.maxValidity = builder.maxValidity;
        this.receiptsPerPart = builder.receiptsPerPart;
        this.receiptPatience = builder.receiptPatience;
        this.absenceProof = builder.absenceProof;
        this.longestCall = builder.longestCall;
        this.requiredAttribute = builder.requiredAttribute;
    }

    /** Begins with the defaults, each named at its setter. */
    public static Builder builder() {
        return new Builder();
    }

    /** How many submissions one call may hold. */
    public int maxBatchSize() {
        return maxBatchSize;
    }

    /** Whether only messages with the same text and sender make a batch: one text to many recipients. */
    public boolean batchesShareText() {
        return batchesShareText;
    }

    /** The longest text it takes, in UTF-16 code units. */
    public int maxTextLength() {
        return maxTextLength;
    }

    /** The longest validity it takes; the engine hands over the smaller of this and what remains. */
    public Duration maxValidity() {
        return maxValidity;
    }

    /** Whether it reports on each part of a long text by itself, under an id of its own. */
    public boolean receiptsPerPart() {
        return receiptsPerPart;
    }

    /** How long to wait for a receipt before asking for the status. */
    public Duration receiptPatience() {
        return receiptPatience;
    }

    /**
     * How long after a hand-over its absence from the provider's log ({@link DoubtLookup}) proves that it was not
     * taken; empty: absence never proves it.
     */
    public Optional<Duration> absenceProof() {
        return Optional.ofNullable(absenceProof);
    }

    /**
     * How long {@link SmsProvider#submit} may take at most, with a batch as large as may be, all of its requests counted. The
     * engine takes nobody for dead who is in a call that is no older: it makes its lease at least twice as long.
     */
    public Duration longestCall() {
        return longestCall;
    }

    /**
     * The attribute of the messages that are meant for this provider alone: it carries no others, and an engine that has
     * an account with this trait hands them to no provider without it. Empty: it carries any message.
     */
    public Optional<String> requiredAttribute() {
        return Optional.ofNullable(requiredAttribute);
    }

    /** Collects traits. Not thread-safe. */
    public static final class Builder {
        private int maxBatchSize = 1;
        private boolean batchesShareText;
        private int maxTextLength = 1600;
        private Duration maxValidity = Duration.ofDays(2);
        private boolean receiptsPerPart;
        private Duration receiptPatience = Duration.ofMinutes(2);
        private @Nullable Duration absenceProof;
        private Duration longestCall = Duration.ofSeconds(30);
        private @Nullable String requiredAttribute;

        private Builder() {}

        /** At least 1; 1 by default. */
        public Builder maxBatchSize(int value) {
            this.maxBatchSize = value;
            return this;
        }

        /** False by default: any messages make a batch. */
        public Builder batchesShareText(boolean value) {
            this.batchesShareText = value;
            return this;
        }

        /** In UTF-16 code units; 1,600 by default. */
        public Builder maxTextLength(int value) {
            this.maxTextLength = value;
            return this;
        }

        /** 48 hours by default. */
        public Builder maxValidity(Duration value) {
            this.maxValidity = value;
            return this;
        }

        /** False by default: one report for the whole message, however many segments it has. */
        public Builder receiptsPerPart(boolean value) {
            this.receiptsPerPart = value;
            return this;
        }

        /** 2 minutes by default. */
        public Builder receiptPatience(Duration value) {
            this.receiptPatience = value;
            return this;
        }

        /** Null, the default: absence never proves anything. */
        public Builder absenceProof(@Nullable Duration value) {
            this.absenceProof = value;
            return this;
        }

        /** Null, the default: any message. */
        public Builder requiredAttribute(@Nullable String value) {
            this.requiredAttribute = value;
            return this;
        }

        /**
         * 30 seconds by default; at most one hour. A provider over HTTP derives it from its time-out. What takes longer than
         * it says here is in doubt while it is still under way.
         */
        public Builder longestCall(Duration value) {
            this.longestCall = value;
            return this;
        }

        /**
         * Checks and makes the traits.
         *
         * @throws IllegalArgumentException if a number is below 1, a duration not positive, or longestCall above its maximum
         */
        public ProviderTraits build() {
            if (maxBatchSize < 1 || maxTextLength < 1) {
                throw new IllegalArgumentException("maxBatchSize and maxTextLength must be at least 1");
            }
            if (!isPositive(maxValidity)
                    || !isPositive(receiptPatience)
                    || (absenceProof != null && !isPositive(absenceProof))) {
                throw new IllegalArgumentException("maxValidity, receiptPatience and absenceProof must be positive");
            }
            if (!isPositive(longestCall) || longestCall.compareTo(MAX_LONGEST_CALL) > 0) {
                throw new IllegalArgumentException("longestCall must be positive and at most " + MAX_LONGEST_CALL);
            }
            return new ProviderTraits(this);
        }

        private static boolean isPositive(Duration duration) {
            return !duration.isNegative() && !duration.isZero();
        }
    }
}
