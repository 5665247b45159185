// SPDX-License-Identifier: Apache-2.0

package io.governance.config.remote;

import io.governance.config.remote.RemoteConfigStatus.Source;
import io.governance.config.remote.RemoteConfigSources.Part;

/**
 * The one reference to the served set in force. Made before the application context
 * exists, and a bean in it later. Reads are one volatile read; writes come from one
 * thread at a time: the starting thread, then the watch.
 */
public final class RemoteConfigState {

	private volatile ConfigServerClient client;

	private volatile LastKnownGood lastKnownGood;

	private volatile String profiles;

	private volatile RemoteConfigSources sources;

	private volatile RemoteConfigStatus status;

	private volatile long confirmedMillis;

	private volatile long staleSinceMillis;

	/**
	 * Creates a state that holds nothing.
	 * @param client the way to the server
	 */
	public RemoteConfigState(ConfigServerClient client) {
		this.client = client;
		this.profiles = "default";
		this.lastKnownGood = LastKnownGood.NONE;
		this.sources = RemoteConfigSources.of(RemoteConfig.NONE, this.profiles);
		this.status = RemoteConfigStatus.taken(Source.NONE, RemoteConfig.NONE);
	}

	/**
	 * The way to the server.
	 * @return the client
	 */
	public ConfigServerClient client() {
		return this.client;
	}

	/**
	 * The file for the present profiles.
	 * @return the file
	 */
	public LastKnownGood lastKnownGood() {
		return this.lastKnownGood;
	}

	/**
	 * The profiles that are asked for.
	 * @return the profiles, by comma
	 */
	public String profiles() {
		return this.profiles;
	}

	/**
	 * The set in force.
	 * @return the set
	 */
	public RemoteConfig config() {
		return this.sources.config();
	}

	/**
	 * How this service stands with its server.
	 * @return the status
	 */
	public RemoteConfigStatus status() {
		return this.status;
	}

	/**
	 * A view that shows whatever set is in force.
	 * @param part the documents it shows
	 * @return the view
	 */
	public RemoteConfigView view(Part part) {
		return new RemoteConfigView(part, () -> this.sources);
	}

	/**
	 * A view that shows the given set for ever.
	 * @param part the documents it shows
	 * @param candidate the set
	 * @return the view
	 */
	public RemoteConfigView view(Part part, RemoteConfig candidate) {
		RemoteConfigSources fixed = RemoteConfigSources.of(candidate, this.profiles);
		return new RemoteConfigView(part, () -> fixed);
	}

	/**
	 * Asks in another way from now on. Only while the environment is being prepared.
	 * @param next the way to the server
	 */
	public void use(ConfigServerClient next) {
		this.client = next;
	}

	/**
	 * Asks for other profiles from now on. Only while the environment is being prepared.
	 * @param next the profiles, by comma
	 * @param file the file for these profiles
	 */
	public void retarget(String next, LastKnownGood file) {
		this.profiles = next;
		this.lastKnownGood = file;
	}

	/**
	 * Puts a set in force.
	 * @param config the set
	 * @param next the status from now on
	 */
	public void swap(RemoteConfig config, RemoteConfigStatus next) {
		this.sources = RemoteConfigSources.of(config, this.profiles);
		this.status = next;
	}

	/**
	 * The server confirmed the set in force, or gave a newer one.
	 * @param nowMillis milliseconds since the epoch
	 */
	public void confirmed(long nowMillis) {
		this.confirmedMillis = nowMillis;
		this.staleSinceMillis = 0;
	}

	/**
	 * The server did not confirm the set in force.
	 * @param nowMillis milliseconds since the epoch
	 */
	public void unconfirmed(long nowMillis) {
		if (this.staleSinceMillis == 0) {
			this.staleSinceMillis = nowMillis;
		}
	}

	/**
	 * When the server confirmed the set in force.
	 * @return milliseconds since the epoch; 0 when this process never heard it do so
	 */
	public long confirmedMillis() {
		return this.confirmedMillis;
	}

	/**
	 * Since when the server does not confirm the set in force.
	 * @return milliseconds since the epoch; 0 while it does
	 */
	public long staleSinceMillis() {
		return this.staleSinceMillis;
	}

	/**
	 * Changes the status alone.
	 * @param next the status from now on
	 */
	public void report(RemoteConfigStatus next) {
		this.status = next;
	}

}
