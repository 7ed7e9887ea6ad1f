import { useState } from "react";
import { chooseTheme, currentTheme, THEMES, type Theme } from "@/lib/theme";

/** Light, dark, or as the system has it. */
export function ThemeSwitch() {
  const [theme, setTheme] = useState(currentTheme);
  const choose = (chosen: Theme) => {
    chooseTheme(chosen);
    setTheme(chosen);
  };
  return (
    <select
      aria-label="Theme"
      value={theme}
      onChange={(event) => choose(THEMES[event.target.selectedIndex] ?? "system")}
    >
      {THEMES.map((one) => (
        <option key={one} value={one}>
          {one}
        </option>
      ))}
    </select>
  );
}
