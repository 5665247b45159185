// SPDX-License-Identifier: Apache-2.0

package io.governance.config.startup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.governance.config.ConfigProperties;
import io.governance.config.remote.ConfigRefusedException;
import io.governance.config.remote.ConfigServerClient;
import io.governance.config.remote.LastKnownGood;
import io.governance.config.remote.RemoteConfig;
import io.governance.config.remote.RemoteConfigSources.Part;
import io.governance.config.remote.RemoteConfigState;
import io.governance.config.remote.RemoteConfigStatus;
import io.governance.config.remote.RemoteConfigStatus.Source;
import io.governance.time.TimeSource;
import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.boot.context.config.ConfigData;
import org.springframework.boot.context.config.ConfigData.Option;
import org.springframework.boot.context.config.ConfigData.Options;
import org.springframework.cloud.config.client.ConfigClientFailFastException;
import org.springframework.cloud.config.client.ConfigServerBootstrapper.LoadContext;
import org.springframework.cloud.config.client.ConfigServerBootstrapper.LoaderInterceptor;
import org.springframework.cloud.config.client.ConfigServerConfigDataResource;
import org.springframework.core.env.PropertySource;

/**
 * Loads what {@code spring.config.import=configserver:...} names. Spring Boot calls it
 * once without profiles and, when there are any, once more with them; both calls share
 * one state, and its last content stands for both.
 */
final class RemoteConfigLoader implements LoaderInterceptor {

	/** The name under which the state becomes a bean. */
	static final String STATE_BEAN = "governanceRemoteConfigState";

	private @Nullable RemoteConfigState state;

	private String addresses = "";

	private @Nullable String unreachable;

	private boolean generalPartAdded;

	private volatile boolean started;

	@Override
	public @Nullable ConfigData apply(LoadContext context) {
		ConfigProperties settings = context.getBinder().bindOrCreate("governance.config", ConfigProperties.class);
		ConfigServerConfigDataResource resource = context.getResource();
		if (!settings.enabled()) {
			return context.getInvocation().apply(context.getLoaderContext(), resource);
		}
		RemoteConfigState known = this.state;
		if (this.started && known != null) {
			// Spring Cloud's refresh; the watch alone decides what is in force
			return new ConfigData(List.of(known.view(Part.GENERAL), known.view(Part.PROFILE_SPECIFIC)));
		}
		if (known != null && !this.addresses.equals(String.join(",", resource.getProperties().getUri()))) {
			resource.getLog()
				.warn("a second config server is read once and not watched: addresses="
						+ String.join(",", resource.getProperties().getUri()));
			return context.getInvocation().apply(context.getLoaderContext(), resource);
		}
		return configData(load(known, context, settings), resource.getProfiles());
	}

	private RemoteConfigState load(@Nullable RemoteConfigState known, LoadContext context, ConfigProperties settings) {
		ConfigServerConfigDataResource resource = context.getResource();
		String profiles = resource.getProfiles();
		RemoteConfigState target = (known != null) ? known : create(context, settings, profiles);
		target.retarget(profiles, lastKnownGood(target.client(), profiles, settings));
		try {
			if (this.unreachable == null) {
				RemoteConfig fetched = target.client().fetch(profiles);
				target.swap(fetched, RemoteConfigStatus.taken(Source.SERVER, fetched));
				return target;
			}
		}
		catch (ConfigRefusedException ex) {
			fallBack(target, resource, true, String.valueOf(ex.getMessage()));
			return target;
		}
		catch (IOException ex) {
			// not asked again with profiles: one time-out is enough for a start
			this.unreachable = String.valueOf(ex.getMessage());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			this.unreachable = "interrupted";
		}
		fallBack(target, resource, false, String.valueOf(this.unreachable));
		return target;
	}

	private RemoteConfigState create(LoadContext context, ConfigProperties settings, String profiles) {
		ConfigServerConfigDataResource resource = context.getResource();
		ConfigServerClient client = new ConfigServerClient(resource.getProperties());
		RemoteConfigState created = new RemoteConfigState(client, profiles, lastKnownGood(client, profiles, settings));
		this.state = created;
		this.addresses = String.join(",", resource.getProperties().getUri());
		ConfigurableBootstrapContext bootstrap = context.getLoaderContext().getBootstrapContext();
		bootstrap.addCloseListener((event) -> {
			this.started = true;
			report(resource.getLog(), created);
			event.getApplicationContext().getBeanFactory().registerSingleton(STATE_BEAN, created);
		});
		return created;
	}

	private static LastKnownGood lastKnownGood(ConfigServerClient client, String profiles, ConfigProperties settings) {
		Path directory = LastKnownGoodDirectory.of(settings.lastKnownGood(), System.getenv());
		return (directory == null) ? LastKnownGood.NONE : LastKnownGood.of(directory, client.target(profiles),
				client.addresses(), settings.lastKnownGood().maxAge(), TimeSource.system());
	}

	private static void fallBack(RemoteConfigState target, ConfigServerConfigDataResource resource, boolean reached,
			String reason) {
		boolean failFast = resource.getProperties().isFailFast();
		LastKnownGood.Saved saved = failFast ? null : target.lastKnownGood().read();
		if (saved == null && (failFast || !resource.isOptional())) {
			throw new ConfigClientFailFastException(
					"No configuration from " + target.client().addresses() + ": " + reason, null);
		}
		RemoteConfig config = (saved != null) ? saved.config() : RemoteConfig.NONE;
		Source source = (saved != null) ? Source.LAST_KNOWN_GOOD : Source.NONE;
		target.swap(config, RemoteConfigStatus.taken(source, config).withFault(reached, reason));
	}

	/**
	 * One line for the whole start, however many times Spring Boot asked.
	 */
	private static void report(Log log, RemoteConfigState target) {
		RemoteConfigStatus status = target.status();
		String from = " addresses=" + target.client().addresses() + " target="
				+ target.client().target(target.profiles()) + " revision=" + status.revision();
		if (status.source() == Source.SERVER) {
			log.info("remote config fetched:" + from);
			return;
		}
		String server = status.connected() ? "config server does not serve" : "config server away";
		String start = (status.source() == Source.NONE)
				? "starting without remote config, which is taken up when the server is back:"
				: "starting with last-known-good: file=" + target.lastKnownGood().file();
		log.warn(server + ", " + start + from + " reason=\"" + status.fault() + "\"");
	}

	/**
	 * The general part stands where the first call put it, which is where Spring ranks
	 * it.
	 */
	private ConfigData configData(RemoteConfigState target, String profiles) {
		List<PropertySource<?>> views = new ArrayList<>();
		if (!this.generalPartAdded) {
			views.add(target.view(Part.GENERAL));
			this.generalPartAdded = true;
		}
		if (!profiles.equals("default")) {
			views.add(target.view(Part.PROFILE_SPECIFIC));
		}
		return new ConfigData(views,
				(source) -> source.getName().equals(Part.GENERAL.sourceName()) ? Options.of(Option.IGNORE_IMPORTS)
						: Options.of(Option.IGNORE_IMPORTS, Option.PROFILE_SPECIFIC, Option.IGNORE_PROFILES));
	}

}
