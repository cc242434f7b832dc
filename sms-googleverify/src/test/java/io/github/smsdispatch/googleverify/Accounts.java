package io.github.smsdispatch.googleverify;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.spi.ProviderSettings;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.testkit.provider.AnsweringServer;
import io.github.smsdispatch.testkit.provider.TestSettings;
import io.github.smsdispatch.text.Segments;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Accounts with an invented key, what is handed to them, and what a server says. */
final class Accounts {
    static final String API_KEY = "not.5.a-real-key";
    static final Map<String, String> CONFIRMED = Map.of(CodeRequest.TEST_TYPE, "confirmed");

    private Accounts() {}

    static ProviderSettings settings(Map<String, String> given) {
        return TestSettings.of(new GoogleVerifyProviderFactory(), given);
    }

    static GoogleVerifyProvider provider(AnsweringServer server, String... keysAndValues) {
        return provider(server, InstantSource.system(), keysAndValues);
    }

    static GoogleVerifyProvider provider(AnsweringServer server, InstantSource clock, String... keysAndValues) {
        var values = new HashMap<>(Map.of("base-url", server.url(), "api-key", API_KEY));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return new GoogleVerifyProvider(new GoogleVerifySettings(settings(values)), clock);
    }

    static Submission submission(Map<String, String> attributes) {
        return submission(AttemptId.create(), "+12025550123", attributes);
    }

    static Submission submission(AttemptId reference, String number, Map<String, String> attributes) {
        String text = CodeRequest.TEXT_OF_THE_SERVER;
        return new Submission(
                reference, PhoneNumber.parse(number), null, text, Segments.of(text), Duration.ofHours(1), attributes);
    }

    /** What the server says of a code that was issued and sent. */
    static String issued(Submission submission) {
        return issued(submission.reference().toString());
    }

    static String issued(String uuid) {
        return "{\"uuid\":\"" + uuid + "\",\"code\":\"83417265\",\"expiresAt\":\"Sat, 21 Nov 2026 10:15:00 UTC\","
                + "\"expiresAtTimestamp\":1795256100,\"longExpiresAt\":\"Sun, 22 Nov 2026 10:00:00 UTC\","
                + "\"longExpiresAtTimestamp\":1795341600,\"padding\":\"c2l6ZQ==\"}";
    }

    static String error(String code) {
        return "{\"error\":\"some words\",\"errorCode\":\"" + code + "\",\"error_code\":\"" + code + "\"}";
    }

    static String error(String code, String words) {
        return "{\"error\":\"" + words + "\",\"errorCode\":\"" + code + "\"}";
    }

    static String batch(String... items) {
        return batch(List.of(items));
    }

    static String batch(List<String> items) {
        return "{\"codes\":[" + String.join(",", items) + "],\"padding\":\"c2l6ZQ==\"}";
    }

    static String allIssued(Submission... submissions) {
        return batch(Arrays.stream(submissions).map(Accounts::issued).collect(Collectors.toList()));
    }
}
