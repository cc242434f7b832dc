package io.github.smsdispatch.testkit.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.ProviderSetting;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.SmsProviderFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a provider's factory and its settings owe to those who configure it. */
abstract class FactoryRules extends ProviderRules {
    /** Under the class loader's roots, and what it must name. */
    private static final String SERVICES = "META-INF/services/" + SmsProviderFactory.class.getName();

    /** A class path on which nothing can be read has no end. */
    private static final int MOST_FAULTS = 20;

    /** How a setting is called that nobody else must know. */
    private static final Pattern SECRET =
            Pattern.compile(".*(key|token|secret|password|passwd|passphrase|credential)s?");

    @Test
    @DisplayName("the service loader finds the factory, and no other of its name")
    void found() {
        SmsProviderFactory ours = contract().factory();
        var faults = new ArrayList<String>();
        List<Class<?>> found = factories(ours.name(), faults);
        assertTrue(
                found.contains(ours.getClass()),
                () -> "the service loader does not find " + ours.getClass().getName() + ": does " + SERVICES
                        + " name it, and has it a public constructor without parameters? "
                        + (found.isEmpty() ? "" : "Of the name " + ours.name() + " it finds " + found + ". ")
                        + String.join("; ", faults));
        assertEquals(List.of(ours.getClass()), found, () -> "factories of the name " + ours.name());
    }

    /** Those of a name; what cannot be loaded is a fault, and does not hide the others. */
    private static List<Class<?>> factories(String name, List<String> faults) {
        var found = new ArrayList<Class<?>>();
        Iterator<SmsProviderFactory> all =
                ServiceLoader.load(SmsProviderFactory.class).iterator();
        boolean more = true;
        while (more && faults.size() < MOST_FAULTS) {
            try {
                more = all.hasNext();
                if (more) {
                    SmsProviderFactory factory = all.next();
                    if (factory.name().equals(name)) {
                        found.add(factory.getClass());
                    }
                }
            } catch (ServiceConfigurationError e) {
                faults.add(e.getMessage());
            }
        }
        return found;
    }

    @Test
    @DisplayName("its name can be the name of an account")
    void name() {
        String name = contract().factory().name();
        assertEquals(name, ProviderAccount.of(name).toString(), "the account that is named after the factory");
    }

    @Test
    @DisplayName("the keys of its settings are distinct lower-case words, and each says what it means")
    void keys() {
        var seen = new HashSet<String>();
        for (ProviderSetting setting : contract().factory().settings()) {
            String key = setting.key();
            assertTrue(key.matches("[a-z0-9]+(-[a-z0-9]+)*"), () -> key + " is not lower-case words with dashes");
            assertTrue(seen.add(key), () -> key + " is declared twice");
            assertFalse(setting.meaning().isBlank(), () -> key + " does not say what it means");
        }
    }

    @Test
    @DisplayName("a setting that is called a key, token, secret or password is declared secret")
    void secrets() {
        for (ProviderSetting setting : contract().factory().settings()) {
            String key = setting.key();
            assertTrue(
                    setting.secret()
                            || !SECRET.matcher(key).matches()
                            || contract().publicSettings().contains(key),
                    () -> key + " sounds like a secret, and would show: declare it asSecret, or override publicSettings"
                            + " if everybody may know it");
        }
    }

    @Test
    @DisplayName("a fall-back passes the check of its own setting, and neither secrets nor required settings have one")
    void fallbacks() {
        for (ProviderSetting setting : contract().factory().settings()) {
            String fallback = setting.fallback();
            if (fallback != null) {
                assertNull(
                        setting.check().problemWith(fallback),
                        () -> "what is wrong with the fall-back of " + setting.key());
                assertFalse(
                        setting.secret() || setting.required(),
                        () -> setting.key() + " has a fall-back, although it is secret or required");
            }
        }
    }

    @Test
    @DisplayName("the settings of the test are declared, and pass their checks")
    void working() {
        Map<String, String> given = fixture().settings(fixture().url(), ProviderFixture.PATIENT);
        var undeclared = new HashSet<>(given.keySet());
        for (ProviderSetting setting : contract().factory().settings()) {
            undeclared.remove(setting.key());
            String value = given.get(setting.key());
            assertFalse(setting.required() && value == null, () -> setting.key() + " is required, and not given");
            if (value != null) {
                assertNull(
                        setting.check().problemWith(value),
                        () -> "what is wrong with " + setting.key() + " as the test gives it");
            }
        }
        assertTrue(undeclared.isEmpty(), () -> "settings that the factory does not declare: " + undeclared);
    }

    @Test
    @DisplayName("a blank secret is refused, and no refusal repeats a value")
    void refusals() {
        for (ProviderSetting setting : contract().factory().settings()) {
            if (setting.secret()) {
                assertNotNull(setting.check().problemWith(" "), () -> setting.key() + " is secret, and may be blank");
            }
            String problem = setting.check().problemWith("|hunter2|");
            assertFalse(
                    problem != null && problem.contains("hunter2"),
                    () -> "the refusal of " + setting.key() + " repeats the value");
        }
    }

    @Test
    @DisplayName("it makes a provider that shows no secret, and talks to nobody meanwhile")
    void create() {
        try (SmsProvider provider = fixture().provider()) {
            new Hidden(contract(), List.of()).assertNotIn("the provider's toString", provider.toString());
        }
        assertEquals(0, fixture().server().connections(), "connections made by construction");
    }
}
