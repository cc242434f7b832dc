package io.github.smsdispatch.googleverify;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.HttpSettings;
import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.spi.ConfigurationProblem;
import io.github.smsdispatch.spi.ProviderSetting;
import io.github.smsdispatch.spi.ProviderSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What an account is configured with. Shows nothing of it. */
final class GoogleVerifySettings {
    static final String PROVIDER = "googleverify";

    /**
     * A server that texts through Twilio tries up to five times for five seconds before it answers (pkg/sms/twilio.go):
     * whoever gives up sooner leaves a doubt.
     */
    private static final String DEFAULT_TIMEOUT = "PT30S";

    /**
     * A server that has lost its SMS provider's answer deletes the code (pkg/controller/issueapi/send_sms.go), although the
     * text may be out: that a code is not there does not prove that no text is.
     */
    private static final String DEFAULT_ABSENCE_PROOF = "never";

    /** There are no receipts to wait for, and people take their time before they use a code. */
    private static final String DEFAULT_RECEIPT_PATIENCE = "PT15M";

    /** VERIFICATION_CODE_STATUS_MAX_AGE (pkg/config/cleanup_server_config.go). */
    private static final String DEFAULT_STATUS_RETENTION = "P14D";

    final ProviderAccount account;
    final String baseUrl;
    final String apiKey;
    final boolean batch;
    final Duration timeout;
    final Duration receiptPatience;
    final @Nullable Duration absenceProof;
    final Duration statusRetention;

    GoogleVerifySettings(ProviderSettings settings) {
        this.account = settings.account();
        this.baseUrl = HttpSettings.baseUrl(settings, "base-url");
        this.apiKey = settings.get("api-key");
        this.batch = Boolean.parseBoolean(settings.get("batch"));
        this.timeout = HttpSettings.timeout(settings);
        this.receiptPatience = HttpSettings.receiptPatience(settings);
        this.absenceProof = HttpSettings.absenceProof(settings);
        this.statusRetention = positive(settings.get("status-retention"));
    }

    /**
     * Checks values that did not come through the engine's catalog.
     *
     * @throws ConfigurationException with all problems
     */
    static GoogleVerifySettings of(Map<String, String> given) {
        var values = new HashMap<String, String>();
        var problems = new ArrayList<ConfigurationProblem>();
        var unknown = new TreeSet<>(given.keySet());
        for (ProviderSetting setting : declared()) {
            unknown.remove(setting.key());
            @Nullable String value = given.getOrDefault(setting.key(), setting.fallback());
            if (value == null || value.isBlank()) {
                if (setting.required()) {
                    problems.add(new ConfigurationProblem(setting.key(), "is missing", "set it: " + setting.meaning()));
                }
                continue;
            }
            @Nullable String problem = setting.check().problemWith(value);
            if (problem != null) {
                problems.add(new ConfigurationProblem(setting.key(), problem, "correct it: " + setting.meaning()));
            }
            values.put(setting.key(), value);
        }
        unknown.forEach(key -> problems.add(
                new ConfigurationProblem(key, "is no setting of " + PROVIDER, "correct its name or leave it out")));
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return new GoogleVerifySettings(new ProviderSettings(ProviderAccount.of(PROVIDER), values));
    }

    static List<ProviderSetting> declared() {
        return List.of(
                ProviderSetting.required("base-url", "where the admin API server of the deployment is")
                        .checkedBy(HttpSettings.baseUrl("base-url", "https://adminapi.example.org")
                                .check()),
                ProviderSetting.required("api-key", "API key of type ADMIN, from the realm's administrator")
                        .asSecret()
                        .checkedBy(value -> value.matches("[!-~]+")
                                ? null
                                : "must be of printable ASCII characters without spaces"),
                ProviderSetting.optional(
                                "batch", "false: one call for each code, for a realm that allows no bulk upload")
                        .orElse("true")
                        .checkedBy(value -> value.matches("true|false") ? null : "must be true or false"),
                HttpSettings.timeout().orElse(DEFAULT_TIMEOUT),
                HttpSettings.absenceProof(DEFAULT_ABSENCE_PROOF),
                HttpSettings.receiptPatience().orElse(DEFAULT_RECEIPT_PATIENCE),
                ProviderSetting.optional(
                                "status-retention",
                                "how long the server remembers a code, ISO 8601 such as P14D; later, absence proves"
                                        + " nothing")
                        .orElse(DEFAULT_STATUS_RETENTION)
                        .parsedBy(GoogleVerifySettings::positive, "a positive ISO 8601 duration such as P14D"));
    }

    private static Duration positive(String value) {
        Duration duration = Duration.parse(value);
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("not positive");
        }
        return duration;
    }
}
