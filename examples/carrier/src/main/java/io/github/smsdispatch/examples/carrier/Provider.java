package io.github.smsdispatch.examples.carrier;

import io.github.smsdispatch.testkit.carrier.AfricasTalkingCredentials;
import io.github.smsdispatch.testkit.carrier.CarrierSimulator;
import io.github.smsdispatch.testkit.carrier.GoogleVerifyCredentials;
import io.github.smsdispatch.testkit.carrier.InfobipCredentials;
import io.github.smsdispatch.testkit.carrier.TwilioCredentials;
import io.github.smsdispatch.testkit.carrier.VonageCredentials;
import java.util.Locale;

/** The providers that can be played, each with its option, {@code --twilio}. */
enum Provider {
    AFRICASTALKING {
        @Override
        void playedBy(CarrierSimulator.Builder builder) {
            builder.africasTalking(AfricasTalkingCredentials.fake());
        }

        @Override
        String credentials() {
            var account = AfricasTalkingCredentials.fake();
            return "username=" + account.username() + " api-key=" + account.apiKey();
        }
    },
    TWILIO {
        @Override
        void playedBy(CarrierSimulator.Builder builder) {
            builder.twilio(TwilioCredentials.fake());
        }

        @Override
        String credentials() {
            var account = TwilioCredentials.fake();
            return "account-sid=" + account.accountSid() + " auth-token=" + account.authToken();
        }
    },
    GOOGLEVERIFY {
        @Override
        void playedBy(CarrierSimulator.Builder builder) {
            builder.googleVerify(GoogleVerifyCredentials.fake());
        }

        @Override
        String credentials() {
            return "api-key=" + GoogleVerifyCredentials.fake().apiKey();
        }
    },
    VONAGE {
        @Override
        void playedBy(CarrierSimulator.Builder builder) {
            builder.vonage(VonageCredentials.fake());
        }

        @Override
        String credentials() {
            var account = VonageCredentials.fake();
            return "api-key=" + account.apiKey() + " api-secret=" + account.apiSecret() + " signature-secret="
                    + account.signatureSecret() + " signature-method=" + account.signatureMethod();
        }
    },
    INFOBIP {
        @Override
        void playedBy(CarrierSimulator.Builder builder) {
            builder.infobip(InfobipCredentials.fake());
        }

        @Override
        String credentials() {
            return "api-key=" + InfobipCredentials.fake().apiKey();
        }
    };

    /** The name in options and in what is printed. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    String option() {
        return "--" + key();
    }

    abstract void playedBy(CarrierSimulator.Builder builder);

    /** What a sender needs to know, {@code name=value} with blanks between; nothing in it is a secret. */
    abstract String credentials();
}
