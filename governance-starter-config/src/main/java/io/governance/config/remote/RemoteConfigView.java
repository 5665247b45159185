// SPDX-License-Identifier: Apache-2.0

package io.governance.config.remote;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import io.governance.config.remote.RemoteConfigSources.Part;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.AbstractEnvironment;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/**
 * A property source that stands in an environment for ever and shows whatever the
 * reference behind it holds. Spring Boot looks into a source that is itself an
 * environment source by source, so lists and origins bind exactly as if the documents
 * stood there one by one. Thread-safe.
 */
public final class RemoteConfigView extends EnumerablePropertySource<ConfigurableEnvironment>
		implements OriginLookup<String> {

	/**
	 * Creates a view.
	 * @param part the documents it shows
	 * @param reference gives the sources in force
	 */
	public RemoteConfigView(Part part, Supplier<RemoteConfigSources> reference) {
		super(part.sourceName(), new ReferencedEnvironment(part, reference));
	}

	@Override
	public @Nullable Object getProperty(String name) {
		for (PropertySource<?> document : this.source.getPropertySources()) {
			Object value = document.getProperty(name);
			if (value != null) {
				return value;
			}
		}
		return null;
	}

	@Override
	public String[] getPropertyNames() {
		Set<String> names = new LinkedHashSet<>();
		for (PropertySource<?> document : this.source.getPropertySources()) {
			names.addAll(List.of(((EnumerablePropertySource<?>) document).getPropertyNames()));
		}
		return names.toArray(String[]::new);
	}

	@Override
	public @Nullable Origin getOrigin(String key) {
		for (PropertySource<?> document : this.source.getPropertySources()) {
			if (document.containsProperty(key)) {
				return OriginLookup.getOrigin(document, key);
			}
		}
		return null;
	}

	private static final class ReferencedEnvironment extends AbstractEnvironment {

		private final Part part;

		private final Supplier<RemoteConfigSources> reference;

		ReferencedEnvironment(Part part, Supplier<RemoteConfigSources> reference) {
			this.part = part;
			this.reference = reference;
		}

		@Override
		public MutablePropertySources getPropertySources() {
			return this.reference.get().part(this.part);
		}

	}

}
