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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a provider's factory and its settings owe to those who configure it. */
abstract class FactoryRules extends ProviderRules {
    @Test
    @DisplayName("the service loader finds the factory, and no other of its name")
    void found() {
        SmsProviderFactory ours = contract().factory();
        List<SmsProviderFactory> found = ServiceLoader.load(SmsProviderFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(factory -> factory.name().equals(ours.name()))
                .toList();
        assertEquals(1, found.size(), "factories of the name " + ours.name());
        assertEquals(ours.getClass(), found.get(0).getClass());
    }

    @Test
    @DisplayName("its name can be the name of an account")
    void name() {
        String name = contract().factory().name();
        assertEquals(name, ProviderAccount.of(name).toString());
    }

    @Test
    @DisplayName("the keys of its settings are distinct lower-case words, and each says what it means")
    void keys() {
        var seen = new HashSet<String>();
        for (ProviderSetting setting : contract().factory().settings()) {
            assertTrue(setting.key().matches("[a-z0-9]+(-[a-z0-9]+)*"), setting::key);
            assertTrue(seen.add(setting.key()), setting::key);
            assertFalse(setting.meaning().isBlank(), setting::key);
        }
    }

    @Test
    @DisplayName("a fall-back passes the check of its own setting, and neither secrets nor required settings have one")
    void fallbacks() {
        for (ProviderSetting setting : contract().factory().settings()) {
            String fallback = setting.fallback();
            if (fallback != null) {
                assertNull(setting.check().problemWith(fallback), setting::key);
                assertFalse(setting.secret() || setting.required(), setting::key);
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
                assertNull(setting.check().problemWith(value), setting::key);
            }
        }
        assertTrue(undeclared.isEmpty(), () -> "settings that the factory does not declare: " + undeclared);
    }

    @Test
    @DisplayName("a blank secret is refused, and no refusal repeats a value")
    void refusals() {
        for (ProviderSetting setting : contract().factory().settings()) {
            if (setting.secret()) {
                assertNotNull(setting.check().problemWith(" "), setting::key);
            }
            String problem = setting.check().problemWith("|hunter2|");
            assertFalse(problem != null && problem.contains("hunter2"), setting::key);
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
