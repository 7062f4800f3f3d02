import { MenuOutlined, UserOutlined } from '@ant-design/icons';
import { Button, Drawer, Dropdown, Layout } from 'antd';
import { type ReactNode, useState } from 'react';
import { NavLink } from 'react-router';
import { PasswordDialog } from '../auth/password-dialog.js';
import { useHasRole, useSession, useStaff } from '../auth/session.js';
import { Label } from '../components/label.js';
import { useToDo } from '../hooks/use-to-do.js';
import { zoneName } from '../utils/time.js';
import { LanguageSwitch, useTranslations } from '../i18n/language-provider.js';
import { PAGES } from './page-list.js';

/** The layout around every page: menu, account, and the time zone of all times. */
export function ConsoleFrame({ children }: { children: ReactNode }): ReactNode {
  const { app, menu } = useTranslations();
  const [isMenuOpen, setMenuOpen] = useState(false);
  const closeMenu = (): void => setMenuOpen(false);
  return (
    <Layout className="frame">
      <a className="skip" href="#content">
        {menu.skip}
      </a>
      <aside className="frame-side">
        <div className="frame-name">{app.name}</div>
        <PageLinks onFollow={closeMenu} />
      </aside>
      <Layout>
        <header className="frame-head">
          <Button
            className="frame-menu-button"
            type="text"
            icon={<MenuOutlined />}
            aria-label={menu.open}
            onClick={() => setMenuOpen(true)}
          />
          <SimulatorTag />
          <span className="grow" />
          <LanguageSwitch />
          <Account />
        </header>
        <main id="content" tabIndex={-1} className="frame-content">
          {children}
        </main>
        <footer className="frame-foot">{app.zone(zoneName())}</footer>
      </Layout>
      <Drawer placement="left" size={240} open={isMenuOpen} onClose={closeMenu} title={app.name}>
        <PageLinks onFollow={closeMenu} />
      </Drawer>
    </Layout>
  );
}

/** Links to the pages that the user may see, with the number of refunds that await approval. */
function PageLinks({ onFollow }: { onFollow: () => void }): ReactNode {
  const t = useTranslations();
  const hasRole = useHasRole();
  const waiting = useToDo().data?.waiting.count ?? 0;
  return (
    <nav aria-label={t.menu.main}>
      <ul className="page-links">
        {PAGES.filter(({ role }) => hasRole(role)).map(({ path, name, icon }) => (
          <li key={path}>
            <NavLink to={path} end={path === '/'} onClick={onFollow}>
              {icon}
              <span>{t[name].title}</span>
              {name === 'refunds' && waiting > 0 && <span className="count">{waiting}</span>}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function SimulatorTag(): ReactNode {
  const { menu } = useTranslations();
  return useToDo().data?.wechatMode === 'simulator' ? <Label tone="test">{menu.simulator}</Label> : null;
}

function Account(): ReactNode {
  const { login, roles } = useTranslations();
  const { username, role } = useStaff();
  const { logout } = useSession();
  const [isChanging, setChanging] = useState(false);
  const items = [
    { key: 'who', label: `${username} · ${roles[role]}`, disabled: true },
    { key: 'password', label: login.changePassword, onClick: () => setChanging(true) },
    { key: 'logout', label: login.logout, onClick: () => void logout() },
  ];
  return (
    <>
      <Dropdown menu={{ items }} trigger={['click']}>
        <Button type="text" icon={<UserOutlined />} aria-label={`${login.account}: ${username}`} aria-haspopup="menu">
          <span className="account-name">{username}</span>
        </Button>
      </Dropdown>
      {isChanging && <PasswordDialog onClose={() => setChanging(false)} />}
    </>
  );
}
