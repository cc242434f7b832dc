package io.github.smsdispatch.googleverify;

import io.github.smsdispatch.Message;
import io.github.smsdispatch.PhoneNumber;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What code to issue (pkg/api/api.go, {@code IssueCodeRequest}). A message carries it in its attributes: {@link
 * #messageTo} makes such a message. A message without {@link #TEST_TYPE} never becomes a code: the
 * engine hands it to other providers, and what is handed over all the same is refused.
 *
 * <p>Immutable and thread-safe. Shows its test type alone in {@link #toString}.
 */
public final class CodeRequest {
    /** Attribute, required: {@code confirmed}, {@code likely}, {@code negative} or {@code user-report}. */
    public static final String TEST_TYPE = "googleverify.test-type";

    /** Attribute: when symptoms began, {@code YYYY-MM-DD}. */
    public static final String SYMPTOM_DATE = "googleverify.symptom-date";

    /** Attribute: when the test was taken, {@code YYYY-MM-DD}. */
    public static final String TEST_DATE = "googleverify.test-date";

    /** Attribute: the offset from UTC that the dates are meant in, in whole minutes, -1080 to 1080. */
    public static final String TZ_OFFSET = "googleverify.tz-offset";

    /** Attribute: the label of another text template of the realm. */
    public static final String SMS_TEMPLATE = "googleverify.sms-template";

    /** Attribute: who issues the code, for the server's statistics; stored as it is, so hash what names a person. */
    public static final String EXTERNAL_ISSUER_ID = "googleverify.external-issuer-id";

    /** The text of a message that {@link #messageTo} makes; kept in the store, never sent. */
    public static final String TEXT_OF_THE_SERVER = "(The verification server writes this text.)";

    private static final String PREFIX = "googleverify.";

    /** A code in a link lives for 24 hours at most (pkg/database/realm.go); a later text would be of no use. */
    private static final Duration LONGEST_CODE_LIFE = Duration.ofHours(24);

    /** Column {@code issuing_external_id} (docs/api.md); the label has no documented bound and gets the same. */
    private static final int MAX_LENGTH = 255;

    /** Eighteen hours, the bound of {@link java.time.ZoneOffset}. */
    private static final int MAX_OFFSET = 18 * 60;

    private final TestType testType;
    private final @Nullable LocalDate symptomDate;
    private final @Nullable LocalDate testDate;
    private final @Nullable Integer tzOffset;
    private final @Nullable String smsTemplate;
    private final @Nullable String externalIssuerId;

    private CodeRequest(Builder builder) {
        this.testType = builder.testType;
        this.symptomDate = builder.symptomDate;
        this.testDate = builder.testDate;
        this.tzOffset = builder.tzOffset;
        this.smsTemplate = builder.smsTemplate;
        this.externalIssuerId = builder.externalIssuerId;
    }

    /** Begins a request for a code of that type; the rest is left out unless it is set. */
    public static Builder of(TestType testType) {
        return new Builder(testType);
    }

    /**
     * Reads the attributes of a message; those that do not begin with {@code googleverify.} are the caller's own.
     *
     * @throws IllegalArgumentException if one is missing, unknown or cannot be read; the message repeats no value
     */
    static CodeRequest read(Map<String, String> attributes) {
        String type = attributes.get(TEST_TYPE);
        if (type == null) {
            throw new IllegalArgumentException(
                    "attribute " + TEST_TYPE + " is missing: the message was not made for a verification server");
        }
        Builder builder = of(TestType.of(type)
                .orElseThrow(() -> new IllegalArgumentException(
                        "attribute " + TEST_TYPE + " must be confirmed, likely, negative or user-report")));
        // In order, so that the same message is always refused for the same reason.
        new TreeMap<>(attributes).forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !name.equals(TEST_TYPE)) {
                builder.set(name, value);
            }
        });
        return builder.build();
    }

    /** What the code stands for. */
    public TestType testType() {
        return testType;
    }

    /** When symptoms began. */
    public Optional<LocalDate> symptomDate() {
        return Optional.ofNullable(symptomDate);
    }

    /** When the test was taken. */
    public Optional<LocalDate> testDate() {
        return Optional.ofNullable(testDate);
    }

    /** The offset from UTC that the dates are meant in, in minutes. */
    public OptionalInt tzOffset() {
        return tzOffset == null ? OptionalInt.empty() : OptionalInt.of(tzOffset);
    }

    /** The label of another text template of the realm. */
    public Optional<String> smsTemplate() {
        return Optional.ofNullable(smsTemplate);
    }

    /** Who issues the code. */
    public Optional<String> externalIssuerId() {
        return Optional.ofNullable(externalIssuerId);
    }

    /** The attributes by which a message carries this request. */
    public Map<String, String> attributes() {
        var attributes = new TreeMap<String, String>();
        attributes.put(TEST_TYPE, testType.word());
        put(attributes, SYMPTOM_DATE, symptomDate);
        put(attributes, TEST_DATE, testDate);
        put(attributes, TZ_OFFSET, tzOffset);
        put(attributes, SMS_TEMPLATE, smsTemplate);
        put(attributes, EXTERNAL_ISSUER_ID, externalIssuerId);
        return Map.copyOf(attributes);
    }

    /**
     * Begins a message that asks for this code. Its text stands for the one that the server will write; its validity is 24
     * hours, the longest that a code lives.
     */
    public Message.Builder messageTo(PhoneNumber recipient) {
        Message.Builder message = Message.to(recipient).text(TEXT_OF_THE_SERVER).validity(LONGEST_CODE_LIFE);
        attributes().forEach(message::attribute);
        return message;
    }

    @Override
    public String toString() {
        return "CodeRequest[" + testType.word() + "]";
    }

    private static void put(Map<String, String> attributes, String name, @Nullable Object value) {
        if (value != null) {
            attributes.put(name, value.toString());
        }
    }

    /** Collects what a code is asked for with. Not thread-safe. */
    public static final class Builder {
        private final TestType testType;
        private @Nullable LocalDate symptomDate;
        private @Nullable LocalDate testDate;
        private @Nullable Integer tzOffset;
        private @Nullable String smsTemplate;
        private @Nullable String externalIssuerId;

        private Builder(TestType testType) {
            this.testType = Objects.requireNonNull(testType, "testType");
        }

        /** When symptoms began; a server takes today in UTC and the 28 days before. Null, the default: not said. */
        public Builder symptomDate(@Nullable LocalDate value) {
            this.symptomDate = value;
            return this;
        }

        /** When the test was taken; a server takes today in UTC and the 28 days before. Null, the default: not said. */
        public Builder testDate(@Nullable LocalDate value) {
            this.testDate = value;
            return this;
        }

        /** The offset from UTC that the dates are meant in, -1080 to 1080 minutes; null, the default, is UTC. */
        public Builder tzOffset(@Nullable Integer minutes) {
            this.tzOffset = minutes;
            return this;
        }

        /** The label of another text template of the realm, 1 to 255 characters; null: the realm's default. */
        public Builder smsTemplate(@Nullable String label) {
            this.smsTemplate = label;
            return this;
        }

        /** Who issues the code, 1 to 255 characters, stored as it is; null, the default: not said. */
        public Builder externalIssuerId(@Nullable String value) {
            this.externalIssuerId = value;
            return this;
        }

        /**
         * Checks and makes the request.
         *
         * @throws IllegalArgumentException that names what cannot be used and shows no value
         */
        public CodeRequest build() {
            if (tzOffset != null && (tzOffset < -MAX_OFFSET || tzOffset > MAX_OFFSET)) {
                throw new IllegalArgumentException("attribute " + TZ_OFFSET + " must be -1080 to 1080 minutes");
            }
            checkYear(SYMPTOM_DATE, symptomDate);
            checkYear(TEST_DATE, testDate);
            checkText(SMS_TEMPLATE, smsTemplate);
            checkText(EXTERNAL_ISSUER_ID, externalIssuerId);
            return new CodeRequest(this);
        }

        private void set(String name, String value) {
            switch (name) {
                case SYMPTOM_DATE -> symptomDate(date(name, value));
                case TEST_DATE -> testDate(date(name, value));
                case TZ_OFFSET -> tzOffset(minutes(value));
                case SMS_TEMPLATE -> smsTemplate(value);
                case EXTERNAL_ISSUER_ID -> externalIssuerId(value);
                // A misspelt date would otherwise be left out, and the code stand for something else.
                default ->
                    throw new IllegalArgumentException(
                            "an attribute begins with " + PREFIX + " and is none that is known");
            }
        }

        private static LocalDate date(String name, String value) {
            if (value.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
                try {
                    return LocalDate.parse(value);
                } catch (DateTimeException e) {
                    // Said below, without the value.
                }
            }
            throw new IllegalArgumentException("attribute " + name + " must be a date such as 2026-11-21");
        }

        private static Integer minutes(String value) {
            if (!value.matches("[+-]?[0-9]{1,4}")) {
                throw new IllegalArgumentException("attribute " + TZ_OFFSET + " must be -1080 to 1080 minutes");
            }
            return Integer.valueOf(value);
        }

        private static void checkYear(String name, @Nullable LocalDate date) {
            if (date != null && (date.getYear() < 0 || date.getYear() > 9999)) {
                throw new IllegalArgumentException("attribute " + name + " must be a date of the years 0 to 9999");
            }
        }

        private static void checkText(String name, @Nullable String value) {
            if (value != null && (value.isBlank() || value.length() > MAX_LENGTH)) {
                throw new IllegalArgumentException(
                        "attribute " + name + " must be 1 to " + MAX_LENGTH + " characters, not all blank");
            }
        }
    }
}
