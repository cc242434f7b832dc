package io.github.smsdispatch.semantics;

import io.github.smsdispatch.Message;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.testkit.carrier.AfricasTalkingCredentials;
import io.github.smsdispatch.testkit.carrier.CarrierSimulator;
import io.github.smsdispatch.testkit.carrier.GoogleVerifyCredentials;
import io.github.smsdispatch.testkit.carrier.InfobipCredentials;
import io.github.smsdispatch.testkit.carrier.TwilioCredentials;
import io.github.smsdispatch.testkit.carrier.VonageCredentials;
import java.net.URI;
import java.util.Locale;
import java.util.Map;

/** The providers that the carrier plays, with the settings of a user who has changed nothing that need not be. */
enum Played {
    AFRICASTALKING {
        @Override
        void playedBy(CarrierSimulator.Builder carrier, URI receipts) {
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
    GOOGLEVERIFY {
        @Override
        void playedBy(CarrierSimulator.Builder carrier, URI receipts) {
            carrier.googleVerify(GoogleVerifyCredentials.fake());
        }

        @Override
        Map<String, String> settings(String carrier, URI receipts) {
            return Map.of("api-key", GoogleVerifyCredentials.fake().apiKey());
        }

        @Override
        Message.Builder message(String text) {
            return super.message(text).attribute("googleverify.test-type", "confirmed");
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
                    "api-key",
                    InfobipCredentials.fake().apiKey(),
                    "callback-url",
                    receipts.toString(),
                    "webhook-secret",
                    SECRET,
                    "from",
                    NAME);
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
                    "api-base-url", carrier,
                    "api-key", account.apiKey(),
                    "api-secret", account.apiSecret(),
                    "signature-secret", String.valueOf(account.signatureSecret()),
                    "signature-method", "sha256",
                    "callback-url", receipts.toString(),
                    "from", NAME);
        }
    };

    private static final String NAME = "SmsDispatch";
    private static final String SECRET = "semantics-webhook-secret";

    ProviderAccount account() {
        return ProviderAccount.of(name().toLowerCase(Locale.ROOT));
    }

    /** A message that the account can carry. */
    Message.Builder message(String text) {
        return Message.to("+12025550123").text(text);
    }

    abstract void playedBy(CarrierSimulator.Builder carrier, URI receipts);

    /** What it needs beside {@code base-url}. */
    abstract Map<String, String> settings(String carrier, URI receipts);
}
