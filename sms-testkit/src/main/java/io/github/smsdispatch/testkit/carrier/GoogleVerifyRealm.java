package io.github.smsdispatch.testkit.carrier;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What an administrator of a verification server has set; may be changed while it is played. Thread-safe.
 *
 * <p>Begins with bulk upload and generated texts allowed, no quota, dates not required, and one text template, labelled
 * {@value #DEFAULT_TEMPLATE}.
 */
public final class GoogleVerifyRealm {
    /** The label of the template that every realm has. */
    public static final String DEFAULT_TEMPLATE = "Default SMS template";

    private final Set<String> templates = ConcurrentHashMap.newKeySet();
    private volatile boolean maintenance;
    private volatile boolean bulkUpload = true;
    private volatile boolean generatedTexts = true;
    private volatile boolean dateRequired;
    private volatile int dailyQuota = Integer.MAX_VALUE;

    /** One with the settings named above. */
    public GoogleVerifyRealm() {
        templates.add(DEFAULT_TEMPLATE);
    }

    /** Whether the server is in maintenance and refuses every code; false at first. */
    public GoogleVerifyRealm maintenance(boolean value) {
        this.maintenance = value;
        return this;
    }

    /** Whether several codes may be asked for in one request; true at first. */
    public GoogleVerifyRealm bulkUpload(boolean value) {
        this.bulkUpload = value;
        return this;
    }

    /** Whether texts are written without being sent; true at first. */
    public GoogleVerifyRealm generatedTexts(boolean value) {
        this.generatedTexts = value;
        return this;
    }

    /** Whether a code needs a symptom date or a test date; false at first. */
    public GoogleVerifyRealm dateRequired(boolean value) {
        this.dateRequired = value;
        return this;
    }

    /** How many codes are given out in a day by UTC; no bound at first. */
    public GoogleVerifyRealm dailyQuota(int codes) {
        this.dailyQuota = codes;
        return this;
    }

    /** Adds a text template of this label. */
    public GoogleVerifyRealm template(String label) {
        templates.add(label);
        return this;
    }

    /** Whether the server is in maintenance. */
    public boolean isInMaintenance() {
        return maintenance;
    }

    /** Whether several codes may be asked for in one request. */
    public boolean allowsBulkUpload() {
        return bulkUpload;
    }

    /** Whether texts are written without being sent. */
    public boolean allowsGeneratedTexts() {
        return generatedTexts;
    }

    /** Whether a code needs a date. */
    public boolean requiresDate() {
        return dateRequired;
    }

    /** How many codes are given out in a day. */
    public int dailyQuota() {
        return dailyQuota;
    }

    /** Whether there is a template of this label. */
    public boolean hasTemplate(String label) {
        return templates.contains(label);
    }
}
