package io.github.smsdispatch.infobip;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smsdispatch.Sender;
import io.github.smsdispatch.spi.Submission;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One message as the API takes it (OpenAPI document of Infobip's SMS API 3.210.0, read 2026-11), with strict checks before:
 * what Infobip finds wrong with one message of a request makes it refuse all of them. Thread-safe.
 */
final class InfobipMessages {
    /** 48 hours; longer ones are cut by Infobip without a word. */
    static final Duration MAX_VALIDITY = Duration.ofDays(2);

    /** Status 25. */
    private static final int MAX_PARTS = 25;

    private static final int MAX_ATTRIBUTE = 255;

    private static final String CAMPAIGN = "infobip.campaign-reference";
    private static final String DLT_TEMPLATE = "infobip.dlt-content-template";
    private static final String DLT_ENTITY = "infobip.dlt-principal-entity";

    private final Sender from;
    private final @Nullable String callbackUrl;
    private final @Nullable CallbackTag tag;

    InfobipMessages(InfobipSettings settings) {
        this.from = settings.from;
        @Nullable String secret = settings.webhookSecret;
        @Nullable String url = settings.callbackUrl;
        this.callbackUrl = url == null || secret == null ? null : InfobipWebhooks.urlWithToken(url, secret);
        this.tag = secret == null ? null : new CallbackTag(secret);
    }

    /** What Infobip would refuse, in words that repeat nothing of it; null if nothing is known to be wrong. */
    static @Nullable String problemWith(Submission submission) {
        if (submission.text().isEmpty()) {
            return "the text is empty";
        }
        if (submission.segments().count() > MAX_PARTS) {
            return "the text has more than " + MAX_PARTS + " parts";
        }
        Map<String, String> attributes = submission.attributes();
        for (String name : new String[] {CAMPAIGN, DLT_TEMPLATE, DLT_ENTITY}) {
            @Nullable String value = attributes.get(name);
            if (value != null && (value.isBlank() || value.length() > MAX_ATTRIBUTE)) {
                return "attribute " + name + " is blank or longer than " + MAX_ATTRIBUTE + " characters";
            }
        }
        if (attributes.containsKey(DLT_TEMPLATE) && !attributes.containsKey(DLT_ENTITY)) {
            return "attribute " + DLT_TEMPLATE + " needs " + DLT_ENTITY;
        }
        return null;
    }

    ObjectNode write(Submission submission) {
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        message.put("sender", sender(Objects.requireNonNullElse(submission.sender(), from)));
        message.putArray("destinations")
                .addObject()
                .put("to", submission.recipient().digits())
                .put("messageId", submission.reference().toString());
        // Neither transliteration nor national tables: both change the text or its number of parts behind our back.
        message.putObject("content").put("text", submission.text());
        options(message.putObject("options"), submission);
        if (tag != null) {
            webhooks(message.putObject("webhooks"), tag.write(submission.reference()));
        }
        return message;
    }

    private static void options(ObjectNode options, Submission submission) {
        options.putObject("validityPeriod")
                .put("amount", validity(submission.validity()).toSeconds())
                .put("timeUnit", "SECONDS");
        Map<String, String> attributes = submission.attributes();
        @Nullable String campaign = attributes.get(CAMPAIGN);
        if (campaign != null) {
            options.put("campaignReferenceId", campaign);
        }
        @Nullable String entity = attributes.get(DLT_ENTITY);
        if (entity != null) {
            ObjectNode dlt = options.putObject("regional").putObject("indiaDlt").put("principalEntityId", entity);
            @Nullable String template = attributes.get(DLT_TEMPLATE);
            if (template != null) {
                dlt.put("contentTemplateId", template);
            }
        }
    }

    private void webhooks(ObjectNode webhooks, String callbackData) {
        if (callbackUrl != null) {
            webhooks.putObject("delivery").put("url", callbackUrl);
            webhooks.put("contentType", "application/json");
        }
        webhooks.put("callbackData", callbackData);
    }

    /** Numbers go without plus sign. */
    private static String sender(Sender sender) {
        return sender.kind() == Sender.Kind.NUMBER ? sender.value().substring(1) : sender.value();
    }

    private static Duration validity(Duration wanted) {
        if (wanted.compareTo(MAX_VALIDITY) > 0) {
            return MAX_VALIDITY;
        }
        return wanted.toSeconds() < 1 ? Duration.ofSeconds(1) : wanted;
    }
}
