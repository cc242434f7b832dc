package io.github.smsdispatch.testkit.carrier.googleverify;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.smsdispatch.testkit.carrier.GoogleVerifyRealm;
import io.github.smsdispatch.testkit.carrier.wire.CarrierBooks;
import io.github.smsdispatch.testkit.carrier.wire.Declined;
import io.github.smsdispatch.testkit.carrier.wire.Draft;
import io.github.smsdispatch.testkit.carrier.wire.Item;
import io.github.smsdispatch.text.Segments;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what asks for one code, and finds what the server would find wrong with it, in its order
 * (pkg/controller/issueapi/validate_code.go, parse_date.go, gen_code.go, send_sms.go).
 */
final class GoogleVerifyOrders {
    private static final Set<String> FIELDS = Set.of(
            "padding",
            "symptomDate",
            "testDate",
            "testType",
            "tzOffset",
            "phone",
            "smsTemplateLabel",
            "uuid",
            "externalIssuerID",
            "onlyGenerateSMS");
    private static final Set<String> TEST_TYPES = Set.of("confirmed", "likely", "negative", "user-report");
    private static final Pattern NUMBER = Pattern.compile("\\+[1-9][0-9]{6,14}");
    private static final Pattern UUID_TEXT = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
    private static final int OLDEST_DATE_DAYS = 28;

    private final GoogleVerifyRealm realm;
    private final CarrierBooks books;
    private final GoogleVerifyCodes codes;

    GoogleVerifyOrders(GoogleVerifyRealm realm, CarrierBooks books, GoogleVerifyCodes codes) {
        this.realm = realm;
        this.books = books;
        this.codes = codes;
    }

    /** Whether the server can read it: it takes no fields that it does not know (pkg/controller/json_bind.go). */
    static boolean isReadable(JsonNode order) {
        if (!order.isObject()) {
            return false;
        }
        for (Iterator<String> names = order.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            JsonNode value = order.get(name);
            boolean rightType =
                    switch (name) {
                        case "tzOffset" -> value.isNumber();
                        case "onlyGenerateSMS" -> value.isBoolean();
                        default -> value.isTextual();
                    };
            if (!FIELDS.contains(name) || !rightType) {
                return false;
            }
        }
        return true;
    }

    /**
     * A text to send; or what is answered at once, be it an error or a code whose text is not sent.
     *
     * @param before how many codes the same request has been granted so far
     */
    Item read(JsonNode order, int before) {
        Declined problem = problem(order);
        if (problem != null) {
            return problem;
        }
        String uuid = order.path("uuid").asText("");
        boolean known = !uuid.isEmpty() && codes.isKnown(uuid);
        if (!known && isQuotaUsedUp(before)) {
            return GoogleVerifyErrors.declined("quota_exceeded", "exceeded daily realm quota");
        }
        String phone = order.path("phone").asText("");
        if (!phone.isEmpty() && !order.path("onlyGenerateSMS").booleanValue()) {
            return known ? draft(phone, uuid) : sent(order, phone, uuid);
        }
        return known
                ? codes.alreadyKnown(uuid)
                : new Declined(null, codes.withoutSending(uuid, phone.isEmpty() ? null : phone));
    }

    /** Codes are counted only where there is a bound: counting walks all of them. */
    private boolean isQuotaUsedUp(int before) {
        int quota = realm.dailyQuota();
        return quota < Integer.MAX_VALUE && codes.issuedToday() + before >= quota;
    }

    private Item sent(JsonNode order, String phone, String uuid) {
        String label = order.path("smsTemplateLabel").asText("");
        if (!label.isEmpty() && !realm.hasTemplate(label)) {
            return GoogleVerifyErrors.declined(
                    "sms_failure", "failed to send sms: failed to build sms message: no template of that label");
        }
        if (books.isOptedOut(phone, null)) {
            // What the server's own provider said, with the number in it as it is wont to.
            return GoogleVerifyErrors.declined(
                    "sms_failure", "failed to send sms: Attempt to send to unsubscribed recipient " + phone);
        }
        return draft(phone, uuid);
    }

    private Draft draft(String phone, String uuid) {
        String id = uuid.isEmpty() ? UUID.randomUUID().toString() : uuid;
        String text = GoogleVerifyCodes.text(id);
        return new Draft(
                        phone,
                        null,
                        null,
                        text,
                        Segments.of(text).count(),
                        uuid.isEmpty() ? null : uuid,
                        null,
                        GoogleVerifyCodes.LINK_LIFE)
                .withMessageId(id)
                .withoutReceipts();
    }

    private @Nullable Declined problem(JsonNode order) {
        String symptomDate = order.path("symptomDate").asText("");
        String testDate = order.path("testDate").asText("");
        String phone = order.path("phone").asText("");
        String type = order.path("testType").asText("");
        String uuid = order.path("uuid").asText("");
        if (realm.requiresDate() && symptomDate.isEmpty() && testDate.isEmpty()) {
            return GoogleVerifyErrors.declined("missing_date", "missing either test or symptom date");
        }
        int offset = order.path("tzOffset").intValue();
        for (String date : new String[] {symptomDate, testDate}) {
            Declined problem = date.isEmpty() ? null : dateProblem(date, offset);
            if (problem != null) {
                return problem;
            }
        }
        if (!phone.isEmpty() && !NUMBER.matcher(phone).matches()) {
            return GoogleVerifyErrors.declined("phone_number_invalid", "phone number is not valid");
        }
        boolean generate = order.path("onlyGenerateSMS").booleanValue();
        if (generate && !realm.allowsGeneratedTexts()) {
            return GoogleVerifyErrors.declined(
                    GoogleVerifyErrors.UNPARSABLE, "realm is not permitted to use onlyGenerateSMS");
        }
        if (generate && phone.isEmpty()) {
            return GoogleVerifyErrors.declined(null, "generated sms requested, but no phone number was provided");
        }
        if (!TEST_TYPES.contains(type.toLowerCase(Locale.ROOT))) {
            return GoogleVerifyErrors.declined("invalid_test_type", "invalid test type");
        }
        if (!uuid.isEmpty() && !UUID_TEXT.matcher(uuid).matches()) {
            // Looked for and not found, then refused by the database.
            return GoogleVerifyErrors.declined(GoogleVerifyErrors.INTERNAL, "failed to generate otp code");
        }
        return type.equals("user-report") && phone.isEmpty()
                ? GoogleVerifyErrors.declined("missing_phone", "phone number is required")
                : null;
    }

    /** An offset west of UTC loosens the lower bound alone. */
    private @Nullable Declined dateProblem(String text, int offset) {
        try {
            LocalDate date = LocalDate.parse(text);
            LocalDate today = LocalDate.ofInstant(books.now(), ZoneOffset.UTC);
            LocalDate oldest = today.minusDays(offset < 0 ? OLDEST_DATE_DAYS + 1 : OLDEST_DATE_DAYS);
            return date.isBefore(oldest) || date.isAfter(today)
                    ? GoogleVerifyErrors.declined("invalid_date", "date must be on/after the first and on/before today")
                    : null;
        } catch (DateTimeParseException e) {
            return GoogleVerifyErrors.declined(GoogleVerifyErrors.UNPARSABLE, "failed to process date");
        }
    }
}
