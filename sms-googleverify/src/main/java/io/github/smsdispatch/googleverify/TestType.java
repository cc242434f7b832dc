package io.github.smsdispatch.googleverify;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a code stands for. Which of them a server gives out is a setting of its realm (pkg/api/api.go). */
public enum TestType {
    /** A positive test. */
    CONFIRMED,
    /** A diagnosis without a test. */
    LIKELY,
    /** A negative test. */
    NEGATIVE,
    /** What a person reports of herself; a server gives out one a phone number, and no other for some time. */
    USER_REPORT;

    /** As the server and the attribute {@link CodeRequest#TEST_TYPE} write it, such as {@code user-report}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The type of that word; empty if there is none. */
    static Optional<TestType> of(String word) {
        return Arrays.stream(values()).filter(type -> type.word().equals(word)).findFirst();
    }
}
