package io.github.smsdispatch.benchmarks;

import io.github.smsdispatch.testkit.carrier.TwilioCredentials;
import io.github.smsdispatch.testkit.carrier.VonageCredentials;
import io.github.smsdispatch.twilio.TwilioProviderFactory;
import io.github.smsdispatch.vonage.VonageProviderFactory;
import java.util.List;
import java.util.Map;

/** The providers of this project. */
final class Contenders {
    static final TwilioCredentials TWILIO = TwilioCredentials.fake();
    private static final VonageCredentials VONAGE = VonageCredentials.fake();

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

    private static final List<Contender> ALL = List.of(
            new Contender(
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
                    new VonageProviderFactory(),
                    simulator -> simulator.vonage(VONAGE),
                    baseUrl -> Map.of(
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
                            "api-base-url",
                            baseUrl),
                    Map.of()));
}
