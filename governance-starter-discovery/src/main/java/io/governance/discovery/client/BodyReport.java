// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.client;

import java.io.IOException;

import io.governance.client.WatchedBody;
import io.governance.discovery.SelectedInstance;

/**
 * Tells the instance that was chosen how the body of its answer ended.
 *
 * @param selected the instance
 */
record BodyReport(SelectedInstance selected) implements WatchedBody.Watcher {

	@Override
	public void completed() {
		this.selected.completed();
	}

	@Override
	public void failed(IOException error) {
		this.selected.failed(error, false);
	}

}
