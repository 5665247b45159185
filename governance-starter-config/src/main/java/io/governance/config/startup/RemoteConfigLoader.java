// SPDX-License-Identifier: Apache-2.0

package io.governance.config.startup;

import java.util.ArrayList;
import java.util.List;

import io.governance.config.ConfigProperties;
import io.governance.config.remote.RemoteConfigSources.Part;
import io.governance.config.remote.RemoteConfigState;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.config.ConfigData;
import org.springframework.boot.context.config.ConfigData.Option;
import org.springframework.boot.context.config.ConfigData.Options;
import org.springframework.cloud.config.client.ConfigServerBootstrapper.LoadContext;
import org.springframework.cloud.config.client.ConfigServerBootstrapper.LoaderInterceptor;
import org.springframework.cloud.config.client.ConfigServerConfigDataResource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/**
 * Loads what {@code spring.config.import=configserver:...} names. Spring Boot calls it
 * once without profiles and, when there are any, once more with them; both calls share
 * one state, and its last content stands for both.
 */
final class RemoteConfigLoader implements LoaderInterceptor {

	private @Nullable RemoteConfigStart start;

	private boolean generalPartAdded;

	@Override
	public @Nullable ConfigData apply(LoadContext context) {
		ConfigProperties settings = context.getBinder().bindOrCreate("governance.config", ConfigProperties.class);
		ConfigServerConfigDataResource resource = context.getResource();
		if (!settings.enabled()) {
			return context.getInvocation().apply(context.getLoaderContext(), resource);
		}
		RemoteConfigStart known = this.start;
		if (known != null && known.isOver()) {
			// Spring Cloud's refresh; the watch alone decides what is in force
			RemoteConfigState state = known.state();
			return new ConfigData(List.of(state.view(Part.GENERAL), state.view(Part.PROFILE_SPECIFIC)));
		}
		if (known == null) {
			known = new RemoteConfigStart(resource, settings, context.getLoaderContext().getBootstrapContext());
			this.start = known;
		}
		else if (!known.isFor(resource)) {
			resource.getLog()
				.warn("a second config server is read once and not watched: addresses="
						+ String.join(",", resource.getProperties().getUri()));
			return context.getInvocation().apply(context.getLoaderContext(), resource);
		}
		known.load(resource.getProperties(), resource.getProfiles());
		return configData(known.state(), resource.getProfiles());
	}

	/**
	 * The environment is complete.
	 */
	void complete(ConfigurableEnvironment environment) {
		if (this.start != null && !this.start.isOver()) {
			this.start.complete(environment);
		}
	}

	/**
	 * The general part stands where the first call put it, which is where Spring ranks
	 * it.
	 */
	private ConfigData configData(RemoteConfigState state, String profiles) {
		List<PropertySource<?>> views = new ArrayList<>();
		if (!this.generalPartAdded) {
			views.add(state.view(Part.GENERAL));
			this.generalPartAdded = true;
		}
		if (!profiles.equals("default")) {
			views.add(state.view(Part.PROFILE_SPECIFIC));
		}
		return new ConfigData(views,
				(source) -> source.getName().equals(Part.GENERAL.sourceName()) ? Options.of(Option.IGNORE_IMPORTS)
						: Options.of(Option.IGNORE_IMPORTS, Option.PROFILE_SPECIFIC, Option.IGNORE_PROFILES));
	}

}
