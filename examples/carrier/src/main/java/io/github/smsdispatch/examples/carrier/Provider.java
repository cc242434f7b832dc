package io.github.smsdispatch.examples.carrier;

import io.github.smsdispatch.testkit.carrier.CarrierSimulator;
import io.github.smsdispatch.testkit.carrier.TwilioCredentials;
import io.github.smsdispatch.testkit.carrier.VonageCredentials;
import java.util.Locale;

/** The providers that can be played, each with its option, {@code --twilio}; in the order in which the help lists them. */
enum Provider {
    TWILIO("Twilio") {
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
    VONAGE("Vonage") {
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
    };

    private final String title;

    Provider(String title) {
        this.title = title;
    }

    /** As people write it. */
    String title() {
        return title;
    }

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
