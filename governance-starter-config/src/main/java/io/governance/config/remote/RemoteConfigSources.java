// SPDX-License-Identifier: Apache-2.0

package io.governance.config.remote;

import java.util.List;
import java.util.regex.Pattern;

import org.springframework.core.env.MutablePropertySources;
import org.springframework.util.StringUtils;

/**
 * A served set as property sources, ready to be read. Spring ranks documents of a profile
 * above a service's own profile files and the others below them, so there are two parts.
 * Never changed after it is made.
 */
public final class RemoteConfigSources {

	private final RemoteConfig config;

	private final MutablePropertySources general = new MutablePropertySources();

	private final MutablePropertySources profileSpecific = new MutablePropertySources();

	private RemoteConfigSources(RemoteConfig config) {
		this.config = config;
	}

	/**
	 * Sorts the documents into the two parts.
	 * @param config the served set
	 * @param profiles the profiles it was asked for, by comma
	 * @return the sources
	 */
	public static RemoteConfigSources of(RemoteConfig config, String profiles) {
		RemoteConfigSources sources = new RemoteConfigSources(config);
		List<Pattern> patterns = List.of(StringUtils.commaDelimitedListToStringArray(profiles))
			.stream()
			.filter((profile) -> !profile.equals("default"))
			.map((profile) -> Pattern.compile(".*[-,]" + Pattern.quote(profile) + "\\b.*"))
			.toList();
		for (RemoteDocument document : config.documents()) {
			boolean specific = patterns.stream().anyMatch((pattern) -> pattern.matcher(document.name()).matches());
			// a served document has been activated and imported by the server already
			MutablePropertySources part = specific ? sources.profileSpecific : sources.general;
			part.addLast(document.filter((key) -> !key.startsWith("spring.config.")).toPropertySource(part.size()));
		}
		return sources;
	}

	/**
	 * The set these sources were made from.
	 * @return the set
	 */
	public RemoteConfig config() {
		return this.config;
	}

	MutablePropertySources part(Part part) {
		return (part == Part.GENERAL) ? this.general : this.profileSpecific;
	}

	/**
	 * Which documents a view shows.
	 */
	public enum Part {

		/** Documents for every profile. */
		GENERAL("governance-config"),

		/** Documents for one profile. */
		PROFILE_SPECIFIC("governance-config-profiles");

		private final String sourceName;

		Part(String sourceName) {
			this.sourceName = sourceName;
		}

		/**
		 * The name of the part's property source in an environment.
		 * @return the name
		 */
		public String sourceName() {
			return this.sourceName;
		}

	}

}
