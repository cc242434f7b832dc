package io.github.smsdispatch.killharness;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.testkit.carrier.CarrierSimulator;
import io.github.smsdispatch.testkit.carrier.InfobipCredentials;
import io.github.smsdispatch.testkit.carrier.TwilioCredentials;
import io.github.smsdispatch.testkit.carrier.VonageCredentials;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The carriers of a run: one takes up to 100 messages in a request, one shows no reference in its log, one reports on each
 * part of a long text by itself. All of them can be asked about a hand-over in doubt.
 */
enum Carrier {
    INFOBIP {
        @Override
        void playedBy(CarrierSimulator.Builder builder) {
            builder.infobip(InfobipCredentials.fake());
        }

        @Override
        void configure(Map<String, String> settings, URI carrier) {
            settings.put("api-key", InfobipCredentials.fake().apiKey());
            settings.put("webhook-secret", "kill-harness-webhooks");
            settings.put("from", "SmsDispatch");
        }
    },
    TWILIO {
        @Override
        void playedBy(CarrierSimulator.Builder builder) {
            builder.twilio(TwilioCredentials.fake());
        }

        @Override
        void configure(Map<String, String> settings, URI carrier) {
            settings.put("account-sid", TwilioCredentials.fake().accountSid());
            settings.put("auth-token", TwilioCredentials.fake().authToken());
            settings.put("from", "+12065550100");
        }
    },
    VONAGE {
        @Override
        void playedBy(CarrierSimulator.Builder builder) {
            builder.vonage(VonageCredentials.fake());
        }

        @Override
        void configure(Map<String, String> settings, URI carrier) {
            VonageCredentials credentials = VonageCredentials.fake();
            settings.put("api-base-url", carrier.toString());
            settings.put("api-key", credentials.apiKey());
            settings.put("api-secret", credentials.apiSecret());
            settings.put("signature-secret", String.valueOf(credentials.signatureSecret()));
            settings.put("signature-method", "sha256");
            settings.put("from", "SmsDispatch");
        }
    };

    String provider() {
        return name().toLowerCase(Locale.ROOT);
    }

    ProviderAccount account() {
        return ProviderAccount.of(provider());
    }

    /** The settings of the account, by key: seconds where the defaults say minutes, or the run would take hours. */
    Map<String, String> settings(URI carrier, URI webhooks) {
        var settings = new HashMap<String, String>();
        settings.put("base-url", carrier.toString());
        settings.put("callback-url", webhooks + "/" + provider());
        settings.put("timeout", "PT2S");
        // Longer than a delivery takes: a run is about kills, and look-ups for receipts that are on their way cost as
        // much
        // as the sending.
        settings.put("receipt-patience", "PT6S");
        // A carrier that was just started on a busy machine takes a request seconds after its sender has given it up:
        // what is
        // absent by then must stay so.
        settings.put("absence-proof", "PT15S");
        configure(settings, carrier);
        var byKey = new HashMap<String, String>();
        settings.forEach((key, value) -> byKey.put(provider() + "." + key, value));
        return byKey;
    }

    abstract void playedBy(CarrierSimulator.Builder builder);

    abstract void configure(Map<String, String> settings, URI carrier);
}
