package io.github.smsdispatch.vonage;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.http.ExchangeRequest;
import io.github.smsdispatch.http.ExchangeResult;
import io.github.smsdispatch.http.Form;
import io.github.smsdispatch.http.Json;
import io.github.smsdispatch.http.Outcomes;
import io.github.smsdispatch.http.ProviderHttp;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.Receipt;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads reports of what one of the two APIs sent, page by page (OpenAPI document of the Reports API 3.1.4, read 2026-11).
 *
 * <p>Of the link to the next page, the two values that mark the place are used and nothing else: the request goes to the
 * configured host with our own parameters, whatever an answer may name.
 */
final class VonageReports {
    /** Pages have up to 1,000 records. */
    private static final int MAX_PAGES = 20;

    /** Offsets come as Z, with and without colon. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss[.SSS][XXX][XX]");

    /** Far more than a cursor has; what is longer is no cursor. */
    private static final int MAX_PLACE = 2_000;

    /**
     * Where a page begins.
     *
     * @param iv goes with the cursor; empty: there is none
     */
    record Place(String cursor, String iv) {}

    /**
     * One page, or why there is none.
     *
     * @param receipts one for each record that can be read
     * @param next null: there are no more
     * @param isTruncated Vonage says that it left records out; whether it counts those of the next page is not documented
     * @param failure null: the page was read
     */
    record Page(
            List<Receipt> receipts, @Nullable Place next, boolean isTruncated, LookupAnswer.@Nullable Failed failure) {}

    /**
     * A report, and why it is not whole.
     *
     * @param receipts one for each record that can be read
     * @param gap why some may be missing; null: the report is complete
     */
    record Report(List<Receipt> receipts, @Nullable LookupAnswer gap) {}

    private final VonageSettings settings;
    private final Api api;
    private final Map<String, String> headers;
    private final ReceiptWords words;
    private final ProviderHttp http;

    /** @param api whose messages; with the words that go with it */
    VonageReports(VonageSettings settings, Api api, ReceiptWords words, ProviderHttp http) {
        this.settings = settings;
        this.api = api;
        this.headers = Headers.basic(settings);
        this.words = words;
        this.http = http;
    }

    /** Messages by id; 20 at most. */
    Form byId(Collection<String> messageIds) {
        return query().with("id", String.join(",", messageIds));
    }

    /** What was sent as SMS in a time, from whole seconds and for 24 hours at most; the end is exclusive. */
    Form byTime(Instant from, Instant to) {
        Form times = times(from, to);
        // The application may use the Messages API for other channels as well.
        return api == Api.MESSAGES ? times.with("provider", "sms") : times;
    }

    /** What was sent to a number in a time, by whatever channel it went in the end; the times as in {@link #byTime}. */
    Form byRecipient(PhoneNumber recipient, Instant from, Instant to) {
        return times(from, to).with("to", recipient.digits());
    }

    private Form times(Instant from, Instant to) {
        return query().with("date_start", from.toString()).with("date_end", to.toString());
    }

    private Form query() {
        return Form.empty()
                .with("account_id", settings.apiKey)
                .with("product", api.name())
                .with("direction", "outbound");
    }

    /** Reads all pages; what was read before a failure is kept. */
    Report read(Form query) {
        var receipts = new ArrayList<Receipt>();
        @Nullable Place place = null;
        boolean isTruncated = false;
        for (int number = 0; number < MAX_PAGES; number++) {
            Page page = page(query, place);
            receipts.addAll(page.receipts());
            if (page.failure() != null) {
                return new Report(receipts, page.failure());
            }
            isTruncated |= page.isTruncated();
            place = page.next();
            if (place == null) {
                return new Report(
                        receipts, isTruncated ? new LookupAnswer.Unclear("the report is not complete") : null);
            }
        }
        return new Report(receipts, new LookupAnswer.Unclear("the report has more than " + MAX_PAGES + " pages"));
    }

    /**
     * Reads one page.
     *
     * @param place null: the first
     */
    Page page(Form query, @Nullable Place place) {
        Form full = query;
        if (place != null) {
            full = full.with("cursor", place.cursor());
            full = place.iv().isEmpty() ? full : full.with("iv", place.iv());
        }
        ExchangeResult result = http.exchange(
                ExchangeRequest.get(settings.apiBaseUrl + "/v2/reports/records?" + full.encode(), headers),
                ProviderHttp.LOG_MAX_BODY);
        return page(result, place);
    }

    /** What came of asking for the page at a place. */
    Page page(ExchangeResult result, @Nullable Place place) {
        if (!(result instanceof ExchangeResult.Answered answer) || !answer.isSuccess()) {
            return new Page(List.of(), null, false, Outcomes.ofLookup(result));
        }
        return page(Json.read(answer.body()), String.valueOf(answer.status()), place);
    }

    private Page page(JsonNode body, String status, @Nullable Place place) {
        var receipts = new ArrayList<Receipt>();
        boolean allRead = body.path("records").isArray();
        for (JsonNode record : body.path("records")) {
            @Nullable Receipt receipt = receipt(record);
            if (receipt == null) {
                allRead = false;
            } else {
                receipts.add(receipt);
            }
        }
        @Nullable String word = Json.text(body, "request_status");
        boolean isTruncated = "TRUNCATED".equals(word);
        if (!isTruncated && !"SUCCESS".equals(word)) {
            return new Page(receipts, null, false, failed(status, "the report is not complete"));
        }
        if (!allRead) {
            // The record that cannot be read may be the one that is asked for.
            return new Page(receipts, null, false, failed(status, "a record of the report cannot be read"));
        }
        @Nullable String link = Json.text(body.path("_links").path("next"), "href");
        if (link == null) {
            return new Page(receipts, null, isTruncated, null);
        }
        @Nullable Place next = next(link, body);
        return next == null || next.equals(place)
                ? new Page(receipts, null, false, failed(status, "the link to the next page leads nowhere"))
                : new Page(receipts, next, isTruncated, null);
    }

    /** The cursor as the answer names it, else as the link does; null where it is in neither. */
    private static @Nullable Place next(String link, JsonNode body) {
        Form query;
        try {
            query = Form.queryOf(link);
        } catch (IllegalArgumentException e) {
            query = Form.empty();
        }
        @Nullable String cursor = Json.text(body, "cursor");
        @Nullable String iv = Json.text(body, "iv");
        cursor = cursor == null ? query.first("cursor").orElse("") : cursor;
        iv = iv == null ? query.first("iv").orElse("") : iv;
        return cursor.isEmpty() || cursor.length() + iv.length() > MAX_PLACE ? null : new Place(cursor, iv);
    }

    private static LookupAnswer.Failed failed(@Nullable String code, String detail) {
        return new LookupAnswer.Failed(code, detail, null);
    }

    /** Null where the record cannot be read. */
    private @Nullable Receipt receipt(JsonNode record) {
        @Nullable String id = Json.text(record, "message_id");
        @Nullable String status = Json.text(record, "status");
        return id == null || status == null
                ? null
                : words.receipt(
                        id,
                        Json.text(record, "client_ref"),
                        status,
                        Json.text(record, "error_code"),
                        date(Json.text(record, "date_finalized")));
    }

    private static @Nullable Instant date(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text, DATE).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
