package io.github.smsdispatch.examples.quickstart;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.testkit.carrier.AfricasTalkingCredentials;
import io.github.smsdispatch.testkit.carrier.CarrierSimulator;
import io.github.smsdispatch.testkit.carrier.InfobipCredentials;
import io.github.smsdispatch.testkit.carrier.TwilioCredentials;
import io.github.smsdispatch.testkit.carrier.VonageCredentials;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The providers that a carrier on this machine can stand in for, each with the settings of the account that it plays. */
enum SimulatedProvider {
    AFRICASTALKING {
        @Override
        void playedBy(CarrierSimulator.Builder carrier, URI receipts) {
            // Its requests name no address for reports: a real account has it in the dashboard, with the secret in it.
            carrier.africasTalking(AfricasTalkingCredentials.fake()).receiptUrl(URI.create(receipts + "/" + SECRET));
        }

        @Override
        Map<String, String> settings(String carrier, URI receipts) {
            var account = AfricasTalkingCredentials.fake();
            return Map.of(
                    "username",
                    account.username(),
                    "api-key",
                    account.apiKey(),
                    "webhook-secret",
                    SECRET,
                    "from",
                    NAME);
        }
    },
    INFOBIP {
        @Override
        void playedBy(CarrierSimulator.Builder carrier, URI receipts) {
            carrier.infobip(InfobipCredentials.fake());
        }

        @Override
        Map<String, String> settings(String carrier, URI receipts) {
            return Map.of(
                    "api-key", InfobipCredentials.fake().apiKey(),
                    "callback-url", receipts.toString(),
                    "webhook-secret", SECRET,
                    "absence-proof", ABSENCE_PROOF,
                    "from", NAME);
        }
    },
    TWILIO {
        @Override
        void playedBy(CarrierSimulator.Builder carrier, URI receipts) {
            carrier.twilio(TwilioCredentials.fake());
        }

        @Override
        Map<String, String> settings(String carrier, URI receipts) {
            var account = TwilioCredentials.fake();
            return Map.of(
                    "account-sid", account.accountSid(),
                    "auth-token", account.authToken(),
                    "callback-url", receipts.toString(),
                    "absence-proof", ABSENCE_PROOF,
                    "from", "+12065550100");
        }
    },
    VONAGE {
        @Override
        void playedBy(CarrierSimulator.Builder carrier, URI receipts) {
            carrier.vonage(VonageCredentials.fake());
        }

        @Override
        Map<String, String> settings(String carrier, URI receipts) {
            var account = VonageCredentials.fake();
            return Map.of(
                    "api-base-url",
                    carrier,
                    "api-key",
                    account.apiKey(),
                    "api-secret",
                    account.apiSecret(),
                    "signature-secret",
                    String.valueOf(account.signatureSecret()),
                    "signature-method",
                    "sha256",
                    "callback-url",
                    receipts.toString(),
                    "absence-proof",
                    ABSENCE_PROOF,
                    "from",
                    NAME);
        }
    };

    private static final String NAME = "SmsDispatch";
    private static final String SECRET = "simulated-webhook-secret";
    /** The carriers list what they took within a second. */
    private static final String ABSENCE_PROOF = "PT4S";

    /** The one that stands in for this account; empty: there is none. */
    static Optional<SimulatedProvider> of(ProviderAccount account) {
        return Arrays.stream(values())
                .filter(provider -> provider.key().equals(account.provider()))
                .findFirst();
    }

    /** The name of the provider that it stands in for. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Teaches a carrier to play it.
     *
     * @param receipts where this account's receipts go
     */
    abstract void playedBy(CarrierSimulator.Builder carrier, URI receipts);

    /**
     * The settings that only this provider has, or has other values for.
     *
     * @param carrier where the carrier listens
     * @param receipts where this account's receipts go
     */
    abstract Map<String, String> settings(String carrier, URI receipts);
}
