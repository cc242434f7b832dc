package io.github.smsdispatch.benchmarks;

import io.github.smsdispatch.africastalking.AfricasTalkingProviderFactory;
import io.github.smsdispatch.googleverify.CodeRequest;
import io.github.smsdispatch.googleverify.GoogleVerifyProviderFactory;
import io.github.smsdispatch.infobip.InfobipProviderFactory;
import io.github.smsdispatch.testkit.carrier.AfricasTalkingCredentials;
import io.github.smsdispatch.testkit.carrier.GoogleVerifyCredentials;
import io.github.smsdispatch.testkit.carrier.InfobipCredentials;
import io.github.smsdispatch.testkit.carrier.TwilioCredentials;
import io.github.smsdispatch.testkit.carrier.VonageCredentials;
import io.github.smsdispatch.twilio.TwilioProviderFactory;
import io.github.smsdispatch.vonage.VonageProviderFactory;
import java.util.List;
import java.util.Map;

/** The providers of this project. */
final class Contenders {
    /** In the URL of webhooks that are not signed. */
    static final String WEBHOOK_SECRET = "benchmark-secret-0123456789abcdef";

    static final TwilioCredentials TWILIO = TwilioCredentials.fake();
    private static final VonageCredentials VONAGE = VonageCredentials.fake();
    private static final AfricasTalkingCredentials AFRICASTALKING = AfricasTalkingCredentials.fake();
    private static final GoogleVerifyCredentials GOOGLE_VERIFY = GoogleVerifyCredentials.fake();
    private static final InfobipCredentials INFOBIP = InfobipCredentials.fake();

    private static final List<Contender> ALL = List.of(
            new Contender(
                    "twilio",
                    new TwilioProviderFactory(),
                    simulator -> simulator.twilio(TWILIO),
                    baseUrl -> Map.of(
                            "account-sid",
                            TWILIO.accountSid(),
                            "auth-token",
                            TWILIO.authToken(),
                            "from",
                            "+12025550100",
                            "base-url",
                            baseUrl),
                    Map.of()),
            new Contender(
                    "vonage",
                    new VonageProviderFactory(),
                    simulator -> simulator.vonage(VONAGE),
                    baseUrl -> vonage(baseUrl, "sms"),
                    Map.of()),
            new Contender(
                    "vonage-messages",
                    new VonageProviderFactory(),
                    simulator -> simulator.vonage(VONAGE),
                    baseUrl -> vonage(baseUrl, "messages"),
                    Map.of()),
            new Contender(
                    "africastalking",
                    new AfricasTalkingProviderFactory(),
                    simulator -> simulator.africasTalking(AFRICASTALKING),
                    baseUrl -> Map.of(
                            "username",
                            AFRICASTALKING.username(),
                            "api-key",
                            AFRICASTALKING.apiKey(),
                            "webhook-secret",
                            WEBHOOK_SECRET,
                            "base-url",
                            baseUrl),
                    Map.of()),
            new Contender(
                    "googleverify",
                    new GoogleVerifyProviderFactory(),
                    simulator -> simulator.googleVerify(GOOGLE_VERIFY),
                    baseUrl -> Map.of("api-key", GOOGLE_VERIFY.apiKey(), "base-url", baseUrl),
                    Map.of(CodeRequest.TEST_TYPE, "confirmed")),
            new Contender(
                    "infobip",
                    new InfobipProviderFactory(),
                    simulator -> simulator.infobip(INFOBIP),
                    baseUrl -> Map.of(
                            "api-key",
                            INFOBIP.apiKey(),
                            "from",
                            "AcmeInc",
                            "webhook-secret",
                            WEBHOOK_SECRET,
                            "base-url",
                            baseUrl),
                    Map.of()));

    private Contenders() {}

    static List<Contender> of(Options options) {
        List<Contender> wanted = ALL.stream()
                .filter(one -> options.only() == null || one.name().equals(options.only()))
                .toList();
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("no such provider as " + options.only() + "; there are "
                    + ALL.stream().map(Contender::name).toList());
        }
        return wanted;
    }

    private static Map<String, String> vonage(String baseUrl, String api) {
        return Map.of(
                "api",
                api,
                "api-key",
                VONAGE.apiKey(),
                "api-secret",
                VONAGE.apiSecret(),
                "signature-secret",
                String.valueOf(VONAGE.signatureSecret()),
                "signature-method",
                "sha256",
                "from",
                "AcmeInc",
                "base-url",
                baseUrl,
                "messages-base-url",
                baseUrl,
                "api-base-url",
                baseUrl);
    }
}
