package io.github.smsdispatch.twilio;

import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.lookups.v2.PhoneNumberFetcher;
import com.twilio.type.PhoneNumber;
import io.github.smsdispatch.Sender;
import io.github.smsdispatch.http.ExchangeRequest;
import io.github.smsdispatch.http.Form;
import io.github.smsdispatch.http.HttpSettings;
import io.github.smsdispatch.http.ProviderHttp;
import io.github.smsdispatch.spi.Submission;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The requests. Questions are written by Twilio's SDK, whose own way of sending is cut off at
 * {@link TwilioRestClient#request}: it would repeat a request on 5xx, 429 and lost answers, log numbers at DEBUG, keep the
 * last request in memory, and take a redirect for success (all seen with 13.0.1). A hand-over is written here (Twilio
 * docs, Messages resource, read 2026-11): the SDK leaves out a text that reads "null", and to let it write a form and cut
 * it off takes as long as OkHttp's call, sockets aside (measured with 13.0.1).
 *
 * <p>Thread-safe.
 */
final class TwilioRequests {
    /**
     * A page of the message log; 1,000 is the most (Twilio docs, Messages resource, read 2026-11). With 50 of the longest
     * texts, each character escaped, a page takes half a megabyte.
     */
    private static final int PAGE_SIZE = 50;

    /** As many of the longest texts as {@link ProviderHttp#LOG_MAX_BODY} has room for. */
    private static final int LOG_PAGE_SIZE = 200;

    /** Twilio's own are some hundred characters long. */
    private static final int MAX_PAGE_URI = 2_000;

    /** Visible ASCII without a fragment. */
    private static final Pattern PAGE_QUERY = Pattern.compile("[!-~&&[^#\\\\]]*");

    /** Parameter {@code ValidityPeriod}: 1 to 36,000 seconds (Twilio docs, Messages resource; error 21624). */
    static final Duration MAX_VALIDITY = Duration.ofHours(10);

    private final TwilioSettings settings;
    private final String createUrl;
    private final String listPath;
    private final Map<String, String> headers;
    private final TwilioRestClient writer;

    TwilioRequests(TwilioSettings settings) {
        this.settings = settings;
        String messages = "/2010-04-01/Accounts/" + settings.accountSid + "/Messages.json";
        this.createUrl = settings.baseUrl + messages;
        this.listPath = messages + "?";
        this.headers = Map.of(
                "Authorization", HttpSettings.basicAuth(settings.user, settings.password),
                "Accept", "application/json",
                "User-Agent", "sms-dispatch");
        this.writer = new Writer(settings);
    }

    /** Hands a message over. */
    ExchangeRequest create(Submission submission) {
        Form form = sender(Form.empty().with("To", submission.recipient().e164()), submission.sender())
                .with("Body", submission.text())
                .with("ValidityPeriod", String.valueOf(validity(submission.validity())));
        if (settings.callbackUrl != null) {
            form = form.with(
                    "StatusCallback",
                    CallbackUrl.with(
                            settings.callbackUrl, submission.reference().toString()));
        }
        return ExchangeRequest.post(createUrl, headers, ExchangeRequest.FORM, form.encode());
    }

    /** Asks for one message. */
    ExchangeRequest fetch(String messageSid) {
        return get(written(Message.fetcher(messageSid)::fetch));
    }

    /** Asks for the first page of what was sent to a number, newest first. */
    ExchangeRequest list(String recipient) {
        return get(
                written(Message.reader().setTo(new PhoneNumber(recipient)).setPageSize((long) PAGE_SIZE)::firstPage));
    }

    /** Asks for the first page of what was sent between two moments, which go in GMT and without a zone. */
    ExchangeRequest log(Instant from, Instant until) {
        return get(written(Message.reader()
                .setDateSentAfter(from.atZone(ZoneOffset.UTC))
                .setDateSentBefore(until.atZone(ZoneOffset.UTC))
                .setPageSize((long) LOG_PAGE_SIZE)::firstPage));
    }

    /**
     * Whether an address that an answer gave, or a cursor that somebody kept, is a page of this account's message list:
     * nothing else may be asked for with the account's credentials.
     */
    boolean isPage(String uri) {
        return uri.length() <= MAX_PAGE_URI
                && uri.startsWith(listPath)
                && PAGE_QUERY.matcher(uri.substring(listPath.length())).matches();
    }

    /**
     * Asks for a further page by what {@code next_page_uri} said, which is relative to the host.
     *
     * @throws IllegalArgumentException unless {@link #isPage}
     */
    ExchangeRequest page(String uri) {
        if (!isPage(uri)) {
            throw new IllegalArgumentException("not a page of the account's message list");
        }
        return ExchangeRequest.get(settings.baseUrl + uri, headers);
    }

    /** Asks Lookup about a number. */
    ExchangeRequest lookUp(String number, boolean lineType) {
        PhoneNumberFetcher fetcher = com.twilio.rest.lookups.v2.PhoneNumber.fetcher(number);
        if (lineType) {
            fetcher.setFields("line_type_intelligence");
        }
        Request request = written(fetcher::fetch);
        return ExchangeRequest.get(
                url(request, TwilioSettings.DEFAULT_LOOKUP_BASE_URL, settings.lookupBaseUrl), headers);
    }

    /** A message's own sender stands alone; a messaging service may go together with the default one. */
    private Form sender(Form form, @Nullable Sender own) {
        if (own != null) {
            return form.with("From", own.value());
        }
        Form service = settings.messagingServiceSid == null
                ? form
                : form.with("MessagingServiceSid", settings.messagingServiceSid);
        return settings.from == null ? service : service.with("From", settings.from);
    }

    private static long validity(Duration validity) {
        return Math.max(1, Math.min(MAX_VALIDITY.toSeconds(), validity.toSeconds()));
    }

    private ExchangeRequest get(Request request) {
        return ExchangeRequest.get(url(request), headers);
    }

    private String url(Request request) {
        return url(request, TwilioSettings.DEFAULT_BASE_URL, settings.baseUrl);
    }

    /** The request's URL, with what the SDK takes for the API's address replaced by what is configured. */
    private static String url(Request request, String expected, String actual) {
        String url = request.constructURL().toString();
        if (!url.startsWith(expected + "/")) {
            throw new IllegalStateException("Twilio's SDK wrote a request for another host than " + expected);
        }
        return actual + url.substring(expected.length());
    }

    private Request written(Consumer<TwilioRestClient> call) {
        try {
            call.accept(writer);
        } catch (Written e) {
            return e.request;
        }
        throw new IllegalStateException("Twilio's SDK wrote no request");
    }

    /** A client that sends nothing. */
    private static final class Writer extends TwilioRestClient {
        Writer(TwilioSettings settings) {
            super(new Builder(settings.user, settings.password).accountSid(settings.accountSid));
        }

        @Override
        public Response request(Request request) {
            throw new Written(request);
        }
    }

    /** Carries a request out of the SDK. */
    private static final class Written extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Request request;

        Written(Request request) {
            super(null, null, false, false);
            this.request = request;
        }
    }
}
