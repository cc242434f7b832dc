package io.github.smsdispatch.twilio;

import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.Form;
import io.github.smsdispatch.spi.ConsentChange;
import io.github.smsdispatch.spi.ConsentChange.Consent;
import io.github.smsdispatch.spi.InboundText;
import io.github.smsdispatch.spi.WebhookEvent;
import io.github.smsdispatch.spi.WebhookVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Texts that came in, in one piece whatever their length. Where Advanced Opt-Out is on
 * (https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out, read 2026-11), Twilio says by {@code OptOutType}
 * which of them it took for STOP or START; the words themselves are not read here, as they can be configured there.
 */
final class TwilioInbound {
    /** The words that a message has as its status while and after it comes in. */
    private static final Set<String> INBOUND = Set.of("receiving", "received");

    /** HELP changes nothing. */
    private static final Map<String, Consent> CONSENTS = Map.of("STOP", Consent.WITHDRAWN, "START", Consent.GIVEN);

    private static final String XML = "text/xml; charset=utf-8";

    /** Says that there is no reply. An answer that is no XML is error 12300 in Twilio's debugger. */
    private static final String NO_REPLY = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>";

    private final ProviderAccount account;

    TwilioInbound(ProviderAccount account) {
        this.account = account;
    }

    static boolean isInbound(String status) {
        return INBOUND.contains(status);
    }

    WebhookVerdict read(String sid, Form fields) {
        Optional<String> from = fields.first("From");
        Optional<String> to = fields.first("To");
        if (from.isEmpty() || to.isEmpty()) {
            return WebhookVerdict.refused(400, "a text that came in from nobody or to nobody");
        }
        List<WebhookEvent> events = new ArrayList<>();
        events.add(new InboundText(
                account, sid, from.get(), to.get(), fields.first("Body").orElse(""), null, null));
        @Nullable
        Consent consent = CONSENTS.get(fields.first("OptOutType").orElse("").toUpperCase(Locale.ROOT));
        if (consent != null) {
            // Twilio keeps opt-outs by sender, but by messaging service where the number belongs to one.
            @Nullable String sender = fields.first("MessagingServiceSid").isPresent() ? null : to.get();
            number(from.get())
                    .ifPresent(person -> events.add(new ConsentChange(account, sid, person, consent, sender)));
        }
        return WebhookVerdict.of(events).answeredWith(XML, NO_REPLY);
    }

    /** Empty for what sends texts but is no phone number, such as a short code. */
    private static Optional<PhoneNumber> number(String from) {
        try {
            return Optional.of(PhoneNumber.parse(from));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
