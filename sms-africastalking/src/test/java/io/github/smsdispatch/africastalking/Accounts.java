package io.github.smsdispatch.africastalking;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.Sender;
import io.github.smsdispatch.spi.ProviderSettings;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.testkit.provider.AnsweringServer;
import io.github.smsdispatch.testkit.provider.TestSettings;
import io.github.smsdispatch.text.Segments;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Accounts with invented credentials, and submissions to invented numbers. */
final class Accounts {
    static final String USERNAME = "acme";
    static final String API_KEY = "atsk_" + "not_a_real_key";
    static final String WEBHOOK_SECRET = "not-a-real-webhook-secret";

    private Accounts() {}

    static ProviderSettings settings(Map<String, String> given) {
        return TestSettings.of(new AfricasTalkingProviderFactory(), given);
    }

    static AfricasTalkingProvider provider(Map<String, String> given) {
        return (AfricasTalkingProvider) new AfricasTalkingProviderFactory().create(settings(withCredentials(given)));
    }

    static AfricasTalkingProvider provider(AnsweringServer server, String... keysAndValues) {
        var values = new HashMap<>(Map.of("base-url", server.url()));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return provider(values);
    }

    static Map<String, String> withCredentials(Map<String, String> given) {
        var values = new HashMap<>(Map.of("username", USERNAME, "api-key", API_KEY));
        values.putAll(given);
        return values;
    }

    /** +254 700 000 0xx. */
    static String number(int last) {
        return "+2547000000%02d".formatted(last);
    }

    static Submission to(int last, String text) {
        return to(last, text, null);
    }

    static Submission to(int last, String text, @Nullable Sender sender) {
        return new Submission(
                AttemptId.create(),
                PhoneNumber.parse(number(last)),
                sender,
                text,
                Segments.of(text),
                Duration.ofHours(1),
                Map.of());
    }
}
