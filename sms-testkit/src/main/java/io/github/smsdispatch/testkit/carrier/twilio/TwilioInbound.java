package io.github.smsdispatch.testkit.carrier.twilio;

import io.github.smsdispatch.testkit.carrier.wire.CarrierBooks;
import io.github.smsdispatch.testkit.carrier.wire.InboundText;
import io.github.smsdispatch.text.Segments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A text from a phone as Twilio hands it over, with the words of Advanced Opt-Out (Twilio docs, "TwiML for Programmable
 * SMS", "Advanced Opt-Out", read 2026-11). A phone that says STOP is opted out at once, and in again when it says START.
 */
final class TwilioInbound {
    private static final Set<String> STOP =
            Set.of("STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL");
    private static final Set<String> START = Set.of("START", "YES", "UNSTOP");
    private static final Set<String> HELP = Set.of("HELP", "INFO");

    /** Where the phone and the number are; sent empty where Twilio does not know, and signed all the same. */
    private static final List<String> PLACES =
            List.of("FromCity", "FromState", "FromZip", "FromCountry", "ToCity", "ToState", "ToZip", "ToCountry");

    private final String accountSid;
    private final CarrierBooks books;

    TwilioInbound(String accountSid, CarrierBooks books) {
        this.accountSid = accountSid;
        this.books = books;
    }

    /** The form; notes in the books what the phone wants. */
    Map<String, String> form(InboundText text, String sid) {
        var form = new LinkedHashMap<String, String>();
        form.put("MessageSid", sid);
        form.put("SmsSid", sid);
        form.put("SmsMessageSid", sid);
        form.put("AccountSid", accountSid);
        form.put("From", text.from());
        form.put("To", text.to());
        form.put("Body", text.text());
        form.put("NumMedia", "0");
        form.put("NumSegments", String.valueOf(Segments.of(text.text()).count()));
        form.put("SmsStatus", "received");
        form.put("ApiVersion", "2010-04-01");
        PLACES.forEach(place -> form.put(place, ""));
        String optOutType = optOutType(text.text());
        if (optOutType != null) {
            form.put("OptOutType", optOutType);
        }
        if ("STOP".equals(optOutType)) {
            books.optOut(text.from(), null);
        } else if ("START".equals(optOutType)) {
            books.optIn(text.from());
        }
        return form;
    }

    /** Only a text that is nothing but the word counts. */
    private static @Nullable String optOutType(String text) {
        String word = text.strip().toUpperCase(Locale.ROOT);
        if (STOP.contains(word)) {
            return "STOP";
        }
        if (START.contains(word)) {
            return "START";
        }
        return HELP.contains(word) ? "HELP" : null;
    }
}
