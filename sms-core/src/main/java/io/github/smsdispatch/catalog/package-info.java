/**
 * Which providers there are and which accounts somebody has configured:
 * {@link io.github.smsdispatch.catalog.ProviderCatalog} finds the modules on the class path and makes the accounts.
 */
@NullMarked
package io.github.smsdispatch.catalog;

import org.jspecify.annotations.NullMarked;
