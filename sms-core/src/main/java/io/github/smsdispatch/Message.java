package io.github.smsdispatch;

import io.github.smsdispatch.text.Segments;
import io.github.smsdispatch.text.SmsText;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One text to one recipient. Build it with {@link #to}; give it to
 * {@link io.github.smsdispatch.engine.DispatchEngine#enqueue}.
 */
public final class Message {
    /** The tenant of a message that names none. */
    public static final String DEFAULT_TENANT = "default";

    /** How long from its due time a text may still be delivered, unless said otherwise. */
    public static final Duration DEFAULT_VALIDITY = Duration.ofDays(2);

    /** 3GPP TS 23.040 section 9.2.3.24.1: the number of segments is one octet. */
    private static final int MAX_SEGMENTS = 255;

    /** What every database can keep with room for the validity, and what no mistaken unit of time falls into. */
    private static final Instant EARLIEST = Instant.EPOCH;

    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final MessageId id;
    private final String tenant;
    private final @Nullable String idempotencyKey;
    private final PhoneNumber recipient;
    private final @Nullable Sender sender;
    private final String text;
    private final Segments segments;
    private final @Nullable Instant dueAt;
    private final Duration validity;
    private final Lane lane;
    private final @Nullable String campaign;
    private final Map<String, String> attributes;
    private final @Nullable DoubtPolicy doubtPolicy;

    private Message(Builder builder, String text, Segments segments) {
        this.id = builder.id == null ? MessageId.create() : builder.id;
        this.tenant = builder.tenant;
        this.idempotencyKey = builder.idempotencyKey;
        this.recipient = builder.recipient;
        this.sender = builder.sender;
        this.text = text;
        this.segments = segments;
        this.dueAt = builder.dueAt;
        this.validity = builder.validity;
        this.lane = builder.lane;
        this.campaign = builder.campaign;
        this.attributes = Map.copyOf(builder.attributes);
        this.doubtPolicy = builder.doubtPolicy;
    }

    private Message(Message other, DoubtPolicy doubtPolicy) {
        this.id = other.id;
        this.tenant = other.tenant;
        this.idempotencyKey = other.idempotencyKey;
        this.recipient = other.recipient;
        this.sender = other.sender;
        this.text = other.text;
        this.segments = other.segments;
        this.dueAt = other.dueAt;
        this.validity = other.validity;
        this.lane = other.lane;
        this.campaign = other.campaign;
        this.attributes = other.attributes;
        this.doubtPolicy = doubtPolicy;
    }

    /** Begins a message to the given recipient. */
    public static Builder to(PhoneNumber recipient) {
        return new Builder(Objects.requireNonNull(recipient, "recipient"));
    }

    /**
     * Begins a message to the given recipient.
     *
     * @throws IllegalArgumentException if it is no E.164 number
     */
    public static Builder to(String recipient) {
        return new Builder(PhoneNumber.parse(Objects.requireNonNull(recipient, "recipient")));
    }

    /**
     * The name of a tenant, where it is one that a message may have; see {@link Builder#tenant}. For whoever takes a tenant
     * without a message, such as a store that suppresses.
     *
     * @throws IllegalArgumentException if no message can have it
     */
    public static String requireTenant(String value) {
        var problems = new Problems("tenant");
        checkTenant(Objects.requireNonNull(value, "tenant"), problems);
        problems.throwIfAny();
        return value;
    }

    private static void checkTenant(String tenant, Problems problems) {
        problems.check(
                TENANT.matcher(tenant).matches(),
                "tenant",
                "must be 1 to 64 of A-Z a-z 0-9 . _ - and begin with a letter or digit");
    }

    /** Our id, unique everywhere. */
    public MessageId id() {
        return id;
    }

    /** The organisation it belongs to; {@value #DEFAULT_TENANT} unless said otherwise. */
    public String tenant() {
        return tenant;
    }

    /** The caller's key: a store takes only one message with it per tenant. Null: the id alone tells messages apart. */
    public @Nullable String idempotencyKey() {
        return idempotencyKey;
    }

    /** Who gets it. */
    public PhoneNumber recipient() {
        return recipient;
    }

    /** Who it comes from; null leaves that to the provider account. */
    public @Nullable Sender sender() {
        return sender;
    }

    /** The text in Unicode normalisation form C. */
    public String text() {
        return text;
    }

    /** Our estimate of the segments that the text needs in the air. */
    public Segments segments() {
        return segments;
    }

    /** When it may be sent; null: as soon as it is stored. */
    public @Nullable Instant dueAt() {
        return dueAt;
    }

    /** How long after its due time it may still be delivered. */
    public Duration validity() {
        return validity;
    }

    /** How urgent it is. */
    public Lane lane() {
        return lane;
    }

    /** The campaign it belongs to; null: none. */
    public @Nullable String campaign() {
        return campaign;
    }

    /**
     * The caller's own data by name, kept with the message; unmodifiable, in no order. Never sent, but for what a provider
     * module asks for by a name that begins with the provider's, such as {@code googleverify.test-type}.
     */
    public Map<String, String> attributes() {
        return attributes;
    }

    /** What to do when it cannot be known whether a provider took it; {@link DoubtPolicy#HOLD} unless said otherwise. */
    public DoubtPolicy doubtPolicy() {
        return doubtPolicy == null ? DoubtPolicy.HOLD : doubtPolicy;
    }

    /** This message; if it does not say what to do in doubt, the same one saying this. */
    public Message inDoubt(DoubtPolicy policy) {
        Objects.requireNonNull(policy, "policy");
        return doubtPolicy == null ? new Message(this, policy) : this;
    }

    /** Id, tenant, lane and segments; neither number nor text. */
    @Override
    public String toString() {
        return "Message[" + id + ", tenant=" + tenant + ", lane=" + lane + ", segments=" + segments.count() + "]";
    }

    /** Collects what makes a {@link Message}. Not thread-safe. */
    public static final class Builder {
        private final PhoneNumber recipient;
        private @Nullable MessageId id;
        private String tenant = DEFAULT_TENANT;
        private @Nullable String idempotencyKey;
        private @Nullable Sender sender;
        private @Nullable String text;
        private @Nullable Instant dueAt;
        private Duration validity = DEFAULT_VALIDITY;
        private Lane lane = Lane.NORMAL;
        private @Nullable String campaign;
        private final Map<String, String> attributes = new TreeMap<>();
        private @Nullable DoubtPolicy doubtPolicy;

        private Builder(PhoneNumber recipient) {
            this.recipient = recipient;
        }

        /**
         * The text: not empty, no unpaired surrogates, at most 255 segments; stored in Unicode normalisation form C.
         * Required.
         */
        public Builder text(String value) {
            this.text = value;
            return this;
        }

        /** Our id; null, the default: {@link #build} makes a new one. */
        public Builder id(@Nullable MessageId value) {
            this.id = value;
            return this;
        }

        /**
         * The organisation it belongs to: 1 to 64 ASCII letters, digits, dots, hyphens and underscores, of which the
         * first is a letter or digit; {@value Message#DEFAULT_TENANT} by default.
         */
        public Builder tenant(String value) {
            this.tenant = Objects.requireNonNull(value, "tenant");
            return this;
        }

        /**
         * The caller's key: of all messages with it a tenant's first one counts. 1 to 190 characters, without spaces at
         * its ends and control characters; null, the default: none.
         */
        public Builder idempotencyKey(@Nullable String value) {
            this.idempotencyKey = value;
            return this;
        }

        /** Who it comes from; null, the default, leaves that to the provider account. */
        public Builder sender(@Nullable Sender value) {
            this.sender = value;
            return this;
        }

        /**
         * When it may be sent, from 1970 to 9998; a time in the past means now, but the validity still counts from it.
         * Null, the default: as soon as it is stored.
         */
        public Builder dueAt(@Nullable Instant value) {
            this.dueAt = value;
            return this;
        }

        /** How long after its due time it may still be delivered: 1 second to 30 days, 48 hours by default. */
        public Builder validity(Duration value) {
            this.validity = Objects.requireNonNull(value, "validity");
            return this;
        }

        /** How urgent it is; {@link Lane#NORMAL} by default. */
        public Builder lane(Lane value) {
            this.lane = Objects.requireNonNull(value, "lane");
            return this;
        }

        /**
         * The campaign it belongs to: 1 to 190 characters, without spaces at its ends and control characters; null, the
         * default: none.
         */
        public Builder campaign(@Nullable String value) {
            this.campaign = value;
            return this;
        }

        /**
         * Keeps a value of the caller's with the message, instead of an earlier one of the same name; at most 32, names
         * of 1 to 64 and values up to 255 characters.
         */
        public Builder attribute(String name, String value) {
            this.attributes.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
            return this;
        }

        /**
         * What to do when it cannot be known whether a provider took it; null, the default, leaves it to the engine that
         * enqueues it ({@link io.github.smsdispatch.engine.DispatchEngineBuilder#doubtPolicy}), or else to {@link DoubtPolicy#HOLD}.
         */
        public Builder doubtPolicy(@Nullable DoubtPolicy value) {
            this.doubtPolicy = value;
            return this;
        }

        /**
         * Checks everything and makes the message.
         *
         * @throws IllegalArgumentException that names every value that cannot be used, and shows none of them
         */
        public Message build() {
            var problems = new Problems("message");
            String checked = checkedText(problems);
            Segments segments = Segments.of(checked);
            problems.check(
                    segments.count() <= MAX_SEGMENTS,
                    "text",
                    "needs " + segments.count() + " segments, but a message has at most " + MAX_SEGMENTS
                            + "; SmsText.split cuts it");
            checkTenant(tenant, problems);
            problems.checkKey("idempotencyKey", idempotencyKey, 190);
            problems.checkKey("campaign", campaign, 190);
            problems.check(
                    dueAt == null || (!dueAt.isBefore(EARLIEST) && dueAt.isBefore(LATEST)),
                    "dueAt",
                    "must be from 1970 to 9998");
            problems.check(
                    validity.compareTo(Duration.ofSeconds(1)) >= 0 && validity.compareTo(Duration.ofDays(30)) <= 0,
                    "validity",
                    "must be 1 second to 30 days");
            problems.check(attributes.size() <= 32, "attributes", "must be at most 32");
            attributes.forEach((name, value) -> {
                if (problems.checkKey("attribute name", name, 64)) {
                    problems.checkValue("attribute '" + name + "'", value, 255);
                }
            });
            problems.throwIfAny();
            return new Message(this, checked, segments);
        }

        private String checkedText(Problems problems) {
            if (text == null) {
                problems.add("text is missing");
                return "";
            }
            try {
                return SmsText.normalize(text);
            } catch (IllegalArgumentException e) {
                problems.add(String.valueOf(e.getMessage()));
                return "";
            }
        }
    }
}
