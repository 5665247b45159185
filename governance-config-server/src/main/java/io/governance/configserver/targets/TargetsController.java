// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver.targets;

import java.util.List;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /governance/prometheus/targets}: the answer that Prometheus'
 * {@code http_sd_configs} reads. Before the registry has answered for the first time it
 * is 503, at which Prometheus keeps the targets it has.
 */
@RestController
final class TargetsController {

	private final ScrapeTargets targets;

	TargetsController(ScrapeTargets targets) {
		this.targets = targets;
	}

	@GetMapping(path = "/governance/prometheus/targets", produces = "application/json")
	ResponseEntity<List<ScrapeTarget>> targets() {
		List<ScrapeTarget> present = this.targets.current();
		return (present != null) ? ResponseEntity.ok(present)
				: ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).header(HttpHeaders.RETRY_AFTER, "1").build();
	}

}
