package io.github.smsdispatch.testkit.provider;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.smsdispatch.spi.ProviderSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What must not show: the recipients' numbers, texts, and secrets. */
final class Hidden {
    private final List<String> words = new ArrayList<>();

    Hidden(SmsProviderContract contract, List<String> texts) {
        words.addAll(texts);
        words.addAll(contract.furtherSecrets());
        Map<String, String> settings = contract.settings("http://127.0.0.1");
        for (ProviderSetting setting : contract.factory().settings()) {
            String value = settings.get(setting.key());
            if (setting.secret() && value != null) {
                words.add(value);
            }
        }
    }

    /** Further words, such as credentials in the form in which they went over the wire. */
    void add(String word) {
        words.add(word);
    }

    boolean isIn(String shown) {
        return words.stream().anyMatch(shown::contains) || ShownNumber.isIn(shown);
    }

    void assertNotIn(String what, String shown) {
        assertFalse(isIn(shown), () -> what + " shows a number, a text or a secret: " + shown);
    }
}
