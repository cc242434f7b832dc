package io.github.smsdispatch.testkit.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.ConsentChange;
import io.github.smsdispatch.spi.InboundText;
import io.github.smsdispatch.spi.ProviderSetting;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.WebhookEvent;
import io.github.smsdispatch.spi.WebhookParser;
import io.github.smsdispatch.spi.WebhookVerdict;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Genuine requests are understood, and whatever else is posted to the same address changes nothing. */
abstract class WebhookRules extends ProviderRules {
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");

    /** Short codes have up to eight digits. */
    private static final Pattern BARE_NUMBER = Pattern.compile("[0-9]{9,}");

    @Test
    @DisplayName("there are genuine requests to test with, each protected, exactly if the provider takes webhooks")
    void told() {
        try (SmsProvider provider = fixture().provider()) {
            boolean parses = provider instanceof WebhookParser;
            assertEquals(
                    parses,
                    !contract().webhooks().isEmpty(),
                    "whether the provider is a WebhookParser, and webhooks() is overridden");
            for (GenuineWebhook genuine : contract().webhooks()) {
                assertFalse(
                        genuine.protection() == GenuineWebhook.Protection.NONE,
                        () -> genuine + ": webhooks are verified by default; say what protects it");
            }
        }
    }

    @Test
    @DisplayName("a genuine request tells its events, and the same when it is repeated")
    void genuine() {
        withParser(parser -> {
            for (GenuineWebhook genuine : contract().webhooks()) {
                WebhookVerdict first = parser.parse(genuine.request());
                assertEquals(200, first.status(), () -> genuine + ": " + first.detail());
                assertEquals(genuine.events(), first.events(), genuine::toString);
                first.events().forEach(event -> assertWellFormed(genuine, event));
                assertEquals(first, parser.parse(genuine.request()), () -> genuine + ", repeated");
            }
        });
    }

    /** What a caller compares with its own data, whatever the author of the provider expects. */
    private void assertWellFormed(GenuineWebhook genuine, WebhookEvent event) {
        ProviderAccount account = event.fold(Receipt::account, InboundText::account, ConsentChange::account);
        assertEquals(fixture().account(), account, () -> genuine + ": account");
        if (event instanceof InboundText text) {
            assertWritten(genuine + ": from", text.from());
            assertWritten(genuine + ": to", text.to());
        } else if (event instanceof ConsentChange change && change.sender() != null) {
            assertWritten(genuine + ": sender", change.sender());
        }
    }

    private static void assertWritten(String what, String address) {
        assertTrue(
                address.startsWith("+")
                        ? E164.matcher(address).matches()
                        : !BARE_NUMBER.matcher(address).matches(),
                () -> what + " is a phone number, and those are written as E.164 with a plus sign");
    }

    @Test
    @DisplayName("a forged, altered, old, oversized or garbled request is refused with a 4xx, and never throws")
    void forged() {
        withParser(parser -> {
            for (GenuineWebhook genuine : contract().webhooks()) {
                for (Forgery forgery : Forgeries.of(genuine)) {
                    check(genuine, forgery, parse(parser, genuine, forgery));
                }
                assertEquals(200, parser.parse(genuine.request()).status(), genuine + ", after its forgeries");
            }
        });
    }

    @Test
    @DisplayName("a request that is protected by another account's secret is refused")
    void otherSecret() {
        var settings = fixture().settings(fixture().url(), ProviderFixture.PATIENT);
        for (ProviderSetting setting : contract().factory().settings()) {
            if (setting.secret()) {
                settings.computeIfPresent(
                        setting.key(),
                        (key, value) -> setting.check().problemWith(similar(value)) == null ? similar(value) : value);
            }
        }
        try (SmsProvider other =
                contract().factory().create(TestSettings.of(contract().factory(), settings))) {
            assumeTrue(other instanceof WebhookParser, "the provider is no WebhookParser");
            for (GenuineWebhook genuine : contract().webhooks()) {
                WebhookVerdict verdict = ((WebhookParser) other).parse(genuine.request());
                assertRefused(genuine + " for another account", verdict);
            }
        }
    }

    /** Another value of the same form. */
    private static String similar(String value) {
        char last = value.charAt(value.length() - 1);
        char another = Character.isDigit(last) ? (last == '1' ? '2' : '1') : last == 'a' ? 'b' : 'a';
        return value.substring(0, value.length() - 1) + another;
    }

    private void withParser(Consumer<WebhookParser> test) {
        try (SmsProvider provider = fixture().provider()) {
            assumeTrue(provider instanceof WebhookParser, "the provider is no WebhookParser");
            test.accept((WebhookParser) provider);
        }
    }

    private static WebhookVerdict parse(WebhookParser parser, GenuineWebhook genuine, Forgery forgery) {
        try {
            return parser.parse(forgery.request());
        } catch (RuntimeException | Error e) {
            throw new AssertionError(genuine + " " + forgery.name() + " throws " + e, e);
        }
    }

    private static void check(GenuineWebhook genuine, Forgery forgery, WebhookVerdict verdict) {
        String name = genuine + " " + forgery.name();
        switch (forgery.expected()) {
            case REFUSED -> assertRefused(name, verdict);
            case REFUSED_OR_THE_SAME -> {
                if (verdict.status() == 200) {
                    assertEquals(genuine.events(), verdict.events(), name);
                }
            }
            case NOTHING_TOLD -> assertEquals(List.of(), verdict.events(), name);
            case NO_EXCEPTION -> {}
        }
    }

    private static void assertRefused(String name, WebhookVerdict verdict) {
        assertTrue(verdict.status() >= 400, () -> name + " was believed: " + verdict);
    }
}
