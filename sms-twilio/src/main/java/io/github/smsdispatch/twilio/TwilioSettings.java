package io.github.smsdispatch.twilio;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.Sender;
import io.github.smsdispatch.http.HttpSettings;
import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.spi.ConfigurationProblem;
import io.github.smsdispatch.spi.ProviderSetting;
import io.github.smsdispatch.spi.ProviderSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an account is configured with. Shows nothing of it. */
final class TwilioSettings {
    static final String DEFAULT_BASE_URL = "https://api.twilio.com";
    static final String DEFAULT_LOOKUP_BASE_URL = "https://lookups.twilio.com";

    /** Values of {@code lookup-fields}: what is asked of a number. */
    private static final String NOTHING_PAID = "none";

    private static final String LINE_TYPE = "line-type";

    /**
     * Twilio documents no lag between taking a message and listing it, but no bound either; ten minutes is many times
     * the seconds that are seen in practice.
     */
    private static final String DEFAULT_ABSENCE_PROOF = "PT10M";

    /** Twilio takes 4,000 characters (error 21609); room is left for our reference. */
    private static final int MAX_CALLBACK_URL = 3_900;

    final ProviderAccount account;
    final String accountSid;
    final String authToken;
    final String user;
    final String password;
    final @Nullable String from;
    final @Nullable String messagingServiceSid;
    final @Nullable String callbackUrl;
    final String baseUrl;
    final String lookupBaseUrl;
    final boolean lookupLineType;
    final Duration timeout;
    final Duration receiptPatience;
    final @Nullable Duration absenceProof;

    TwilioSettings(ProviderSettings settings) {
        checkCombinations(settings);
        this.account = settings.account();
        this.accountSid = settings.get("account-sid");
        this.authToken = settings.get("auth-token");
        this.user = settings.find("api-key-sid").orElse(accountSid);
        this.password = settings.find("api-key-secret").orElse(authToken);
        this.from = settings.find("from").map(from -> Sender.of(from).value()).orElse(null);
        this.messagingServiceSid = settings.find("messaging-service-sid").orElse(null);
        this.callbackUrl = settings.find("callback-url").orElse(null);
        this.baseUrl = HttpSettings.baseUrl(settings, "base-url");
        this.lookupBaseUrl = HttpSettings.baseUrl(settings, "lookup-base-url");
        this.lookupLineType = settings.get("lookup-fields").equals(LINE_TYPE);
        this.timeout = HttpSettings.timeout(settings);
        this.receiptPatience = HttpSettings.receiptPatience(settings);
        this.absenceProof = HttpSettings.absenceProof(settings);
    }

    static List<ProviderSetting> declared() {
        return List.of(
                ProviderSetting.required("account-sid", "account SID from the Twilio console")
                        .checkedBy(sid("AC")),
                ProviderSetting.required(
                                "auth-token", "auth token from the Twilio console; also verifies status callbacks")
                        .asSecret()
                        .checkedBy(HttpSettings.NOT_BLANK),
                ProviderSetting.optional("api-key-sid", "SID of an API key to call with instead of the auth token")
                        .checkedBy(sid("SK")),
                ProviderSetting.optional("api-key-secret", "secret of that API key")
                        .asSecret()
                        .checkedBy(HttpSettings.NOT_BLANK),
                ProviderSetting.optional("from", "default sender: a number, short code or name of this account")
                        .parsedBy(Sender::of, "a number with + and country code, a short code or a name"),
                ProviderSetting.optional("messaging-service-sid", "messaging service that picks the sender")
                        .checkedBy(sid("MG")),
                HttpSettings.callbackUrl(MAX_CALLBACK_URL, CallbackUrl.REFERENCE),
                HttpSettings.timeout(),
                HttpSettings.baseUrl("base-url", DEFAULT_BASE_URL),
                HttpSettings.baseUrl("lookup-base-url", DEFAULT_LOOKUP_BASE_URL),
                ProviderSetting.optional(
                                "lookup-fields",
                                "what number checks ask for: none (free, valid or not) or line-type (paid, kind of line)")
                        .orElse(NOTHING_PAID)
                        .checkedBy(value -> value.equals(NOTHING_PAID) || value.equals(LINE_TYPE)
                                ? null
                                : "must be none or line-type"),
                HttpSettings.absenceProof(DEFAULT_ABSENCE_PROOF),
                HttpSettings.receiptPatience());
    }

    private static ProviderSetting.Check sid(String prefix) {
        return value -> value.matches(prefix + "[0-9a-f]{32}")
                ? null
                : "must be " + prefix + " and 32 hexadecimal digits in lower case";
    }

    private static void checkCombinations(ProviderSettings settings) {
        var problems = new ArrayList<ConfigurationProblem>();
        if (settings.find("from").isEmpty()
                && settings.find("messaging-service-sid").isEmpty()) {
            problems.add(new ConfigurationProblem(
                    "from",
                    "neither from nor messaging-service-sid is set",
                    "set at least one: a message without a sender of its own goes out with it"));
        }
        if (settings.find("api-key-sid").isPresent()
                != settings.find("api-key-secret").isPresent()) {
            problems.add(new ConfigurationProblem(
                    "api-key-sid",
                    "only one of api-key-sid and api-key-secret is set",
                    "set both, or neither to call with the auth token"));
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }
}
